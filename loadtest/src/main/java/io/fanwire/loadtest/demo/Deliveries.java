package io.fanwire.loadtest.demo;

import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Counts deliveries by the way they took, from the publisher's node to the subscriber's, and measures how long they
 * took. Any thread may add; one thread reads.
 */
final class Deliveries {
    private static final int DIGITS = 3;

    private final int nodes;
    private final AtomicLongArray ways;
    private final Recorder recorder = new Recorder(DIGITS);
    private final Histogram total = new Histogram(DIGITS);

    Deliveries(int nodes) {
        this.nodes = nodes;
        this.ways = new AtomicLongArray(nodes * nodes);
    }

    void add(Payload payload, int subscriberNode) {
        recorder.recordValue(Math.max(0, System.nanoTime() - payload.sentAt()));
        if (payload.node() >= 0 && payload.node() < nodes)
            ways.incrementAndGet(payload.node() * nodes + subscriberNode);
    }

    long count() {
        return sum(true) + sum(false);
    }

    /** Those whose publisher and subscriber are on different nodes. */
    long acrossNodes() {
        return sum(false);
    }

    /** Whether messages went from every node to every node. */
    boolean crossedAll() {
        for (int i = 0; i < ways.length(); i++) {
            if (ways.get(i) == 0) return false;
        }
        return true;
    }

    /** From the publish call to the listener's call, in milliseconds. */
    double latencyMillis(double percentile) {
        total.add(recorder.getIntervalHistogram());
        return total.getValueAtPercentile(percentile) / 1e6;
    }

    /** Leaves out of the latencies what was measured so far. */
    void forgetLatencies() {
        recorder.reset();
        total.reset();
    }

    private long sum(boolean sameNode) {
        long sum = 0;
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                if ((from == to) == sameNode) sum += ways.get(from * nodes + to);
            }
        }
        return sum;
    }
}
