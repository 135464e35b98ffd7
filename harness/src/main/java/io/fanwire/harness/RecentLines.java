package io.fanwire.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines that a process printed. A daemon thread reads them; any thread may ask for them. */
final class RecentLines {
    private static final int MAX_LINES = 500;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;

    RecentLines(InputStream in, String name) {
        reader = new Thread(() -> read(in), name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Oldest first. */
    synchronized List<String> list() {
        return List.copyOf(lines);
    }

    /** Waits until the process has closed its end, for at most a second: a grandchild may hold it open. */
    RecentLines awaitEnd() throws InterruptedException {
        reader.join(1_000);
        return this;
    }

    private void read(InputStream in) {
        try (var buffered = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = buffered.readLine(); line != null; line = buffered.readLine()) add(line);
        } catch (IOException e) {
            // A killed process ends its output like this; what came before is kept.
            add("(output ended: " + e.getMessage() + ")");
        }
    }

    private synchronized void add(String line) {
        if (lines.size() == MAX_LINES) lines.removeFirst();
        lines.addLast(line);
    }
}
