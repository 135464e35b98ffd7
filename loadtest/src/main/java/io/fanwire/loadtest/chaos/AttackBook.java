package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What became of an attack's connections. Thread-safe. */
final class AttackBook {
    private final Manner manner;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private long opened;
    private long connected;
    private long longestNanos;
    private long busyNanos;

    AttackBook(Manner manner) {
        this.manner = manner;
    }

    synchronized void opened() {
        opened++;
    }

    /** One has ended, not by its own will. */
    synchronized void ended(String how, boolean wasConnected, long ageNanos) {
        outcomes.merge(how, 1, Integer::sum);
        if (!wasConnected) return;
        connected++;
        longestNanos = Math.max(longestNanos, ageNanos);
    }

    /** It is over, after that time. */
    synchronized void over(Duration took) {
        busyNanos = took.toNanos();
    }

    /** In a line. */
    synchronized String outcome() {
        String ends = outcomes.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s × %,d", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        return manner == Manner.BURST
                ? said("%,d made in %.1f s: %s", opened, seconds(busyNanos), ends)
                : said(
                        "%,d made in %.1f s; thrown out %,d, at the latest after %.1f s%s",
                        opened,
                        seconds(busyNanos),
                        connected,
                        seconds(longestNanos),
                        ends.isEmpty() ? "" : ": " + ends);
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
