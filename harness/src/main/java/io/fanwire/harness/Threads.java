package io.fanwire.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says of a process' threads in {@code /proc}, see proc(5). */
final class Threads {
    private static final char STOPPED = 'T';

    private Threads() {}

    /** Whether all of them are; also true where there is no {@code /proc} to ask, or no such process. */
    static boolean areStopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            List<Path> all = threads.toList();
            return all.stream().allMatch(thread -> isStopped(thread.resolve("stat")));
        } catch (IOException e) {
            return true;
        }
    }

    // The state stands behind the name, which is in brackets and may hold anything.
    private static boolean isStopped(Path stat) {
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) == STOPPED;
        } catch (IOException e) {
            return true; // It has ended meanwhile.
        }
    }
}
