package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.peer.FanwirePeer;
import java.time.Duration;
import java.util.List;

/** A topic that goes from one subscriber to thousands and back to one, while it is published to. */
final class Swell {
    static final String NAME = "swell";

    private static final String TOPIC = "bench-swell";
    private static final int PAYLOAD_BYTES = 128;
    private static final int PER_SECOND = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Bed bed;
    private final int most;

    Swell(Bed bed, int most) {
        this.bed = bed;
        this.most = most;
    }

    void run(Findings findings) {
        try (Bed.NodeUnderTest node = bed.startNode();
                Crowd one = new Crowd(node.peer(), 1);
                Publisher publisher = new Publisher(node.peer(), List.of(TOPIC), PAYLOAD_BYTES)) {
            one.join(1, i -> TOPIC, PATIENCE);
            publisher.keepRate(PER_SECOND);
            warmUp(node.peer());
            tell(findings, "alone", Phase.measure(bed, node.peer(), one));
            findings.add(NAME, "memory alone", Footprint.of(node.peer()).toString());
            comeAndGo(findings, node.peer(), one);
            tell(findings, "alone again", Phase.measure(bed, node.peer(), one));
            findings.add(
                    NAME,
                    "memory alone again",
                    "heap as before",
                    Footprint.of(node.peer()).toString());
            findings.add(NAME, "missed by the one that stays", "0", Long.toString(one.missed()));
        }
    }

    // One subscriber warms nothing up: a tenth of the others comes and goes before.
    private void warmUp(FanwirePeer peer) {
        try (Crowd some = new Crowd(peer, bed.loops())) {
            some.join(Math.max(1, most / 10), i -> TOPIC, PATIENCE);
            bed.sleep(bed.warmUp());
        }
        awaitAlone(peer);
    }

    private void comeAndGo(Findings findings, FanwirePeer peer, Crowd one) {
        try (Crowd many = new Crowd(peer, bed.loops())) {
            Phase coming = Phase.during(peer, one, () -> many.join(most, i -> TOPIC, PATIENCE));
            tell(findings, "while %,d come, in %.1f s".formatted(most, seconds(coming)), coming);
            long before = many.delivered();
            Phase peak = Phase.measure(bed, peer, one);
            tell(findings, "beside %,d".formatted(most), peak);
            findings.add(
                    NAME, "deliveries/s to them", "%,.0f".formatted((many.delivered() - before) / (seconds(peak) + 1)));
            findings.add(
                    NAME, "memory with %,d".formatted(most), Footprint.of(peer).toString());
            findings.add(NAME, "told as missed to them", "0", Long.toString(many.missed()));
            if (many.lost() > 0) throw new IllegalStateException("some were lost: " + many.lastLoss());
            Phase going = Phase.during(peer, one, () -> {
                many.leave(most);
                awaitAlone(peer);
            });
            tell(findings, "while %,d go, in %.1f s".formatted(most, seconds(going)), going);
        }
    }

    private void awaitAlone(FanwirePeer peer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (peer.metrics().get("fanwire_subscriptions") > 1) {
            if (System.nanoTime() - deadline > 0) throw new IllegalStateException("subscriptions stay");
            bed.sleep(Duration.ofMillis(100));
        }
    }

    private static double seconds(Phase phase) {
        return phase.interval().nanos() / 1e9;
    }

    private static void tell(Findings findings, String when, Phase phase) {
        findings.add(
                NAME,
                "p99, longest of the one that stays, " + when,
                Findings.millis(phase.p99()) + ", " + Findings.millis(phase.max()));
    }
}
