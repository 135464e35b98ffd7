package io.fanwire.loadtest.result;

import io.fanwire.loadtest.ledger.LedgerPart;
import io.fanwire.loadtest.measure.Latencies;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one process measured, or several together: parts add up.
 *
 * @param seconds of the measured time, in order
 * @param tail what came after it, of what was published in it; belongs to latencies and counts, but to no rate
 * @param latencies other than of deliveries, in nanoseconds, by name: {@code handshake}, {@code publish}, {@code back}
 * @param counts of the whole run, by name
 * @param failures connections that failed or ended, by cause
 * @param toolCores CPU of the load processes in the measured time, in cores
 * @param busiestThread CPU of the load thread that had most of it, as a part of a core, or of a whole process, as a part
 *     of the cores that it may use, if that is more: close to 1, it was too slow
 * @param ledger for those scenarios that account for every message
 */
public record Measured(
        List<Second> seconds,
        Second tail,
        SortedMap<String, Histogram> latencies,
        SortedMap<String, Long> counts,
        SortedMap<String, Long> failures,
        double toolCores,
        double busiestThread,
        @Nullable LedgerPart ledger) {
    public Measured {
        seconds = List.copyOf(seconds);
        latencies = new TreeMap<>(latencies);
        counts = new TreeMap<>(counts);
        failures = new TreeMap<>(failures);
    }

    /** What two processes measured at the same time. */
    public Measured plus(Measured other) {
        return new Measured(
                seconds(other),
                tail.plus(other.tail),
                merged(latencies, other.latencies, Measured::sum),
                merged(counts, other.counts, Long::sum),
                merged(failures, other.failures, Long::sum),
                toolCores + other.toolCores,
                Math.max(busiestThread, other.busiestThread),
                ledger == null ? other.ledger : other.ledger == null ? ledger : ledger.plus(other.ledger));
    }

    /** The same without what is only needed to judge it. */
    public Measured withoutLedger() {
        return new Measured(seconds, tail, latencies, counts, failures, toolCores, busiestThread, null);
    }

    /** Over all seconds, and what came after them. */
    public long total(ToLongFunction<Second> value) {
        return sum(value) + value.applyAsLong(tail);
    }

    /** Over all seconds. */
    public long sum(ToLongFunction<Second> value) {
        return seconds.stream().mapToLong(value).sum();
    }

    /** The latency of all deliveries of what was published in the measured time. */
    public Histogram delivery() {
        Histogram all = tail.latency().copy();
        for (Second second : seconds) all.add(second.latency());
        return all;
    }

    /** Empty if nothing of that name was measured. */
    public Histogram latency(String name) {
        return latencies.getOrDefault(name, Latencies.none());
    }

    /** 0 if nothing of that name was counted. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    private List<Second> seconds(Measured other) {
        return Stream.concat(seconds.stream(), other.seconds.stream())
                .collect(Collectors.toMap(Second::at, second -> second, Second::plus, TreeMap::new))
                .values()
                .stream()
                .sorted(Comparator.comparingInt(Second::at))
                .toList();
    }

    private static Histogram sum(Histogram one, Histogram other) {
        Histogram both = one.copy();
        both.add(other);
        return both;
    }

    private static <V> SortedMap<String, V> merged(Map<String, V> one, Map<String, V> other, BinaryOperator<V> sum) {
        SortedMap<String, V> all = new TreeMap<>(one);
        other.forEach((name, value) -> all.merge(name, value, sum));
        return all;
    }
}
