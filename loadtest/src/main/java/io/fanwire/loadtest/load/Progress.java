package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Second;
import java.io.PrintStream;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shows each second of a run when all processes have told of it: on a terminal in one line that is written anew, else in
 * a line each. Thread-safe.
 */
final class Progress {
    private final PrintStream out;
    private final boolean terminal;
    private final int processes;
    private final SortedMap<Integer, Part> waiting = new TreeMap<>();
    private boolean shown;

    Progress(PrintStream out, boolean terminal, int processes) {
        this.out = out;
        this.terminal = terminal;
        this.processes = processes;
    }

    synchronized void show(Second second) {
        Part part = waiting.merge(second.at(), new Part(second, 1), Part::plus);
        if (part.count < processes) return;
        waiting.remove(second.at());
        print(line(part.second));
    }

    /** Nothing comes any more. */
    synchronized void end() {
        if (terminal && shown) out.println();
        shown = false;
    }

    private void print(String line) {
        if (terminal) out.print("\r\033[2K" + line);
        else out.println(line);
        out.flush();
        shown = true;
    }

    private static String line(Second second) {
        String text = String.format(
                Locale.ROOT,
                "%4d s   %,d connections   %,d published/s   %,d delivered/s   p50 %.1f ms   p99 %.1f ms",
                second.at() + 1,
                second.connections(),
                second.published(),
                second.delivered(),
                millis(second, 50),
                millis(second, 99));
        if (second.opened() > 0) text += String.format(Locale.ROOT, "   %,d opened", second.opened());
        if (second.failed() > 0) text += String.format(Locale.ROOT, "   %,d failed", second.failed());
        if (second.ended() > 0) text += String.format(Locale.ROOT, "   %,d ended", second.ended());
        if (second.missed() > 0) text += String.format(Locale.ROOT, "   %,d missed", second.missed());
        return text;
    }

    private static double millis(Second second, double percentile) {
        return second.latency().getTotalCount() == 0 ? 0 : second.latency().getValueAtPercentile(percentile) / 1e6;
    }

    private record Part(Second second, int count) {
        Part plus(Part other) {
            return new Part(second.plus(other.second), count + other.count);
        }
    }
}
