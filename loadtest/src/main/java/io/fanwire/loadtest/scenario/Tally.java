package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Second;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What the clients of one loop count. Written by the loop alone; {@link #own}, {@link #missedSoFar}, {@link #ready}, {@link #failedEver} and
 * {@link #lastFailure} may be read by any thread, everything else is to be read on the loop.
 */
final class Tally {
    private final SortedMap<String, Histogram> latencies = new TreeMap<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final SortedMap<String, Long> failures = new TreeMap<>();
    private Histogram latency = Latencies.none();
    private long connections;
    private long opened;
    private long failed;
    private long ended;
    private long published;
    private long missed;
    private long deliveredBefore;
    private long counting;
    private long countingOwn;
    private long missedEver;
    private volatile Runnable onProgress = () -> {};
    private volatile long own;
    private volatile long missedSoFar;
    private volatile int ready;
    private volatile int failedEver;
    private volatile String lastFailure = "";

    /** Runs on the loop after each read that brought publications. Any thread may set it. */
    void onProgress(Runnable task) {
        onProgress = task;
    }

    /**
     * A publication came.
     *
     * @param own whether this process published it
     * @param nanos how long ago it was due
     */
    void delivery(boolean own, long nanos) {
        counting++;
        if (own) countingOwn++;
        Latencies.record(latency, nanos);
    }

    /** The bytes of one read are used up. */
    void endOfRead() {
        if (own == countingOwn && missedSoFar == missedEver) return;
        own = countingOwn;
        missedSoFar = missedEver;
        onProgress.run();
    }

    void opened() {
        connections++;
        opened++;
    }

    /** A connection that was open is no more, as it was asked to. */
    void closed() {
        connections--;
    }

    /** A connection that was open is no more, unasked. */
    void ended(String why) {
        connections--;
        ended++;
        failure(why);
    }

    /** An attempt to connect did not succeed. */
    void failed(String why) {
        failed++;
        failedEver++;
        failure(why);
    }

    /** A client has all that it asked for; or, with -1, no more. */
    void ready(int clients) {
        ready += clients;
    }

    void published() {
        published++;
    }

    /** Publications that a subscriber was told not to get. */
    void missed(long publications) {
        missed += publications;
        missedEver += publications;
        count("missed", publications);
    }

    void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    void failure(String cause) {
        failures.merge(cause, 1L, Long::sum);
        lastFailure = cause;
    }

    void latency(String name, long nanos) {
        Latencies.record(latencies.computeIfAbsent(name, any -> Latencies.none()), nanos);
    }

    /** Deliveries of this process' publications. */
    long own() {
        return own;
    }

    /** Deliveries that will not come, of whomever. */
    long missedSoFar() {
        return missedSoFar;
    }

    int ready() {
        return ready;
    }

    int failedEver() {
        return failedEver;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** @param at negative before the measured time: what was measured by then is forgotten */
    Second take(int at) {
        if (at < 0) latencies.clear();
        Second taken = new Second(
                at, connections, opened, failed, ended, published, counting - deliveredBefore, missed, latency);
        latency = Latencies.none();
        opened = failed = ended = published = missed = 0;
        deliveredBefore = counting;
        return taken;
    }

    /** Copies, to be read by any thread. */
    Totals totals() {
        SortedMap<String, Histogram> copies = new TreeMap<>();
        latencies.forEach((name, histogram) -> copies.put(name, histogram.copy()));
        return new Totals(copies, new TreeMap<>(counts), new TreeMap<>(failures));
    }

    /** See {@link io.fanwire.loadtest.result.Measured}. */
    record Totals(
            SortedMap<String, Histogram> latencies, SortedMap<String, Long> counts, SortedMap<String, Long> failures) {
        static Totals none() {
            return new Totals(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }

        /** Adds to these. */
        void add(Totals other) {
            other.latencies.forEach((name, histogram) ->
                    latencies.computeIfAbsent(name, any -> Latencies.none()).add(histogram));
            addAll(counts, other.counts);
            addAll(failures, other.failures);
        }

        private static void addAll(Map<String, Long> to, Map<String, Long> from) {
            from.forEach((name, value) -> to.merge(name, value, Long::sum));
        }
    }
}
