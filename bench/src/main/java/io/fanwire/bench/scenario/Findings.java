package io.fanwire.bench.scenario;

import io.fanwire.loadtest.measure.Table;
import java.util.List;
import java.util.Locale;

/** What bad cases should not have done, and what they did. */
final class Findings {
    private final Table table = new Table("case", "what", "goal", "measured");

    void add(String name, String what, String goal, String measured) {
        table.add(List.of(name, what, goal, measured));
        System.err.println(name + ": " + what + ": " + measured);
    }

    void add(String name, String what, String measured) {
        add(name, what, "", measured);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f×", ratio);
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / 1024.0 / 1024);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
