package io.fanwire.loadtest.verify;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.measure.WallClock;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What happens, counted and timed. Any thread adds, one thread takes. */
final class Tally {
    private static final int DIGITS = 3;
    private static final long LONGEST_NANOS = Latencies.none().getHighestTrackableValue();

    private final LongAdder published = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final Recorder deliveries = new Recorder(LONGEST_NANOS, DIGITS);
    private final Recorder undisturbed = new Recorder(LONGEST_NANOS, DIGITS);
    private final Recorder publishes = new Recorder(LONGEST_NANOS, DIGITS);
    private final ConcurrentSkipListMap<String, LongAdder> failedPublishes = new ConcurrentSkipListMap<>();

    void published(long dueNanos) {
        published.increment();
        publishes.recordValue(since(dueNanos));
    }

    void publishFailed(String cause) {
        failedPublishes.computeIfAbsent(cause, each -> new LongAdder()).increment();
    }

    /** @param disturbed whether the subscriber has ever lost its connection */
    void delivered(long dueNanos, boolean disturbed) {
        long nanos = since(dueNanos);
        delivered.increment();
        deliveries.recordValue(nanos);
        if (!disturbed) undisturbed.recordValue(nanos);
    }

    void missed(long count) {
        missed.add(count);
    }

    long takePublished() {
        return published.sumThenReset();
    }

    long takeDelivered() {
        return delivered.sumThenReset();
    }

    long takeMissed() {
        return missed.sumThenReset();
    }

    /** Of deliveries, from when each was due to be published. */
    Histogram takeLatency() {
        return plain(deliveries.getIntervalHistogram());
    }

    /** Of deliveries to those who have never lost their connection. */
    Histogram takeUndisturbed() {
        return plain(undisturbed.getIntervalHistogram());
    }

    /** Of acknowledgements, from when each publication was due. */
    Histogram takePublishLatency() {
        return plain(publishes.getIntervalHistogram());
    }

    /** Publications without an acknowledgement, by cause. */
    SortedMap<String, Long> failedPublishes() {
        SortedMap<String, Long> counts = new TreeMap<>();
        failedPublishes.forEach((cause, count) -> counts.put(cause, count.sum()));
        return counts;
    }

    /** Machines' clocks differ: what came before it was sent took no time. */
    private static long since(long dueNanos) {
        return Math.min(Math.max(0, WallClock.nanos() - dueNanos), LONGEST_NANOS);
    }

    private static Histogram plain(Histogram interval) {
        Histogram plain = Latencies.none();
        plain.add(interval);
        return plain;
    }
}
