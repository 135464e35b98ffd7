package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.measure.Interval;
import io.fanwire.bench.peer.Peer;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What a crowd saw for a while, and what it cost. */
record Phase(Interval interval, Histogram latencies) {
    // For what the last phase left on its way.
    private static final Duration SETTLE = Duration.ofSeconds(1);

    static Phase measure(Bed bed, Peer peer, Crowd crowd) {
        bed.sleep(SETTLE);
        return during(peer, crowd, () -> bed.sleep(bed.measured()));
    }

    /** The time that something takes. */
    static Phase during(Peer peer, Crowd crowd, Runnable task) {
        crowd.takeLatencies();
        Interval.Start start = Interval.Start.now(peer.pid(), crowd.delivered());
        task.run();
        Phase phase = new Phase(start.until(crowd.delivered()), crowd.takeLatencies());
        if (phase.latencies.getTotalCount() == 0) throw new IllegalStateException("nothing was delivered");
        if (crowd.lost() > 0) throw new IllegalStateException("clients were lost: " + crowd.lastLoss());
        return phase;
    }

    /** Both together, as far as latencies go. */
    Phase and(Phase other) {
        Histogram both = latencies.copy();
        both.add(other.latencies);
        return new Phase(interval, both);
    }

    double p99() {
        return latencies.getValueAtPercentile(99) / 1e6;
    }

    double max() {
        return latencies.getMaxValue() / 1e6;
    }

    /** Share of one core that the server used. */
    double cores() {
        return (double) interval.serverNanos() / interval.nanos();
    }
}
