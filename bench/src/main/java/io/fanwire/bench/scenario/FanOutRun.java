package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.load.Saturation;
import io.fanwire.bench.measure.Interval;
import io.fanwire.bench.peer.Peer;
import io.fanwire.bench.peer.Peers;
import io.fanwire.harness.Metrics;
import io.fanwire.loadtest.measure.ProcessUsage;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One fan-out against one server. */
final class FanOutRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Bed bed;
    private final FanOut plan;

    FanOutRun(Bed bed, FanOut plan) {
        this.bed = bed;
        this.plan = plan;
    }

    Result node() {
        try (Bed.NodeUnderTest node = bed.startNode()) {
            Result result = publish(node.peer());
            Metrics metrics = node.peer().metrics();
            double batch = (double) metrics.get("fanwire_deliveries_total") / metrics.get("fanwire_writes_total");
            return result.with(batch, node.pauses().take().toString());
        }
    }

    Result nats() {
        try (Peer peer = Peers.nats()) {
            return publish(peer);
        }
    }

    /** @param batch publications in one write, as many as the node that it is compared with had */
    Result floor(double batch) {
        int whole = Math.max(1, (int) Math.round(batch));
        try (Peer peer = Peers.floor(plan.subscribers(), plan.payloadBytes(), whole, plan.rate());
                Crowd crowd = join(peer)) {
            return measure(peer, crowd).with(whole, "");
        }
    }

    private Result publish(Peer peer) {
        try (Crowd crowd = join(peer);
                Publisher publisher = new Publisher(peer, plan.topicNames(), plan.payloadBytes())) {
            if (plan.saturates()) {
                new Saturation(crowd, publisher, plan.window(), plan.subscribersPerTopic()).start();
            } else {
                publisher.keepRate(plan.rate());
            }
            Result result = measure(peer, crowd);
            if (publisher.defect() != null) throw new IllegalStateException("publishing failed: " + publisher.defect());
            return result;
        }
    }

    private Result measure(Peer peer, Crowd crowd) {
        bed.sleep(bed.warmUp());
        crowd.takeLatencies();
        Interval.Start start = Interval.Start.now(peer.pid(), crowd.delivered());
        bed.sleep(bed.measured());
        Interval interval = start.until(crowd.delivered());
        if (crowd.lost() > 0) throw new IllegalStateException(peer.name() + " lost clients: " + crowd.lastLoss());
        return new Result(
                plan.name(),
                peer.name(),
                interval,
                crowd.takeLatencies(),
                ProcessUsage.of(peer.pid()).residentBytes(),
                crowd.missed(),
                Double.NaN,
                "");
    }

    private Crowd join(Peer peer) {
        Crowd crowd = new Crowd(peer, bed.loops());
        crowd.join(plan.subscribers(), plan::topic, PATIENCE);
        return crowd;
    }

    /**
     * @param latencies nanoseconds from when a publication was due to when a subscriber had it
     * @param missed publications that subscribers were told to have missed
     * @param batch deliveries in one write, since the server's start; NaN if the server does not tell
     * @param pauses of the server's JVM since its start; empty if it has none
     */
    record Result(
            String scenario,
            String server,
            Interval interval,
            Histogram latencies,
            long residentBytes,
            long missed,
            double batch,
            String pauses) {
        static final String[] HEADS = {
            "scenario",
            "server",
            "deliveries/s",
            "server µs each",
            "per write",
            "client µs each",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "resident MiB",
            "missed",
            "pauses"
        };

        Result with(double batchNow, String pausesNow) {
            return new Result(scenario, server, interval, latencies, residentBytes, missed, batchNow, pausesNow);
        }

        List<String> cells() {
            return List.of(
                    scenario,
                    server,
                    "%,.0f".formatted(interval.perSecond()),
                    "%.3f".formatted(interval.serverMicros()),
                    Double.isNaN(batch) ? "-" : "%.1f".formatted(batch),
                    "%.3f".formatted(interval.clientMicros()),
                    millis(50),
                    millis(90),
                    millis(99),
                    millis(99.9),
                    millis(100),
                    "%,d".formatted(residentBytes >> 20),
                    Long.toString(missed),
                    pauses);
        }

        private String millis(double percentile) {
            // The saturated floor stamps nothing.
            double value = latencies.getValueAtPercentile(percentile) / 1e6;
            return value > 60_000 ? "-" : "%.2f".formatted(value);
        }
    }
}
