package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.load.StuckSockets;
import io.fanwire.bench.peer.FanwirePeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Clients that don't read, beside others on the same topic that do. Payload and rate are such that the stuck ones'
 * sockets are full after some seconds, and the topic's log, 4 MiB, has passed them after some more.
 */
final class StuckClients {
    private static final String TOPIC = "bench-stuck";
    private static final int PAYLOAD_BYTES = 16 << 10;
    private static final int PER_SECOND = 20;
    private static final long LOG_BYTES = 4 << 20;
    private static final int ROUNDS = 3;
    private static final int RELEASED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Bed bed;
    private final Habit habit;
    private final int readers;
    private final int stuck;

    StuckClients(Bed bed, Habit habit, int readers, int stuck) {
        this.bed = bed;
        this.habit = habit;
        this.readers = readers;
        this.stuck = stuck;
    }

    void run(Findings findings) {
        try (Bed.NodeUnderTest node = bed.startNode();
                Crowd crowd = new Crowd(node.peer(), bed.loops());
                Publisher publisher = new Publisher(node.peer(), List.of(TOPIC), PAYLOAD_BYTES)) {
            crowd.join(readers, i -> TOPIC, PATIENCE);
            publisher.keepRate(PER_SECOND);
            bed.sleep(bed.warmUp());
            Phase before = Phase.measure(bed, node.peer(), crowd);
            Beside beside = beside(node.peer(), crowd, publisher);
            Phase after = Phase.measure(bed, node.peer(), crowd);
            tell(findings, before, beside, after, crowd.missed());
        }
    }

    private Beside beside(FanwirePeer peer, Crowd crowd, Publisher publisher) {
        try (Crowd bad = new Crowd(peer, 1)) {
            Footprint empty = Footprint.of(peer);
            bad.join(stuck, i -> TOPIC, PATIENCE);
            StuckSockets sockets = new StuckSockets(bad.sockets());
            habit.begin.accept(sockets);
            awaitFull(peer, crowd);
            awaitPublished(publisher, publisher.published() + LOG_BYTES / PAYLOAD_BYTES);
            List<Footprint> footprints = new ArrayList<>(List.of(empty, Footprint.of(peer)));
            Phase with = Phase.measure(bed, peer, crowd);
            footprints.add(Footprint.of(peer));
            for (int i = 1; i < ROUNDS; i++) {
                with = with.and(Phase.measure(bed, peer, crowd));
                footprints.add(Footprint.of(peer));
            }
            if (bad.lost() > 0) throw new IllegalStateException("stuck clients were closed: " + bad.lastLoss());
            sockets.release(RELEASED);
            bed.sleep(LOOK);
            return new Beside(with, footprints, bad.missed());
        }
    }

    /** Until all that the node delivers goes to the readers. */
    private void awaitFull(FanwirePeer peer, Crowd crowd) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long others;
        do {
            long delivered = crowd.delivered();
            long all = peer.metrics().get("fanwire_deliveries_total");
            bed.sleep(LOOK);
            long mine = crowd.delivered() - delivered;
            others = peer.metrics().get("fanwire_deliveries_total") - all - mine;
            if (System.nanoTime() - deadline > 0) throw new IllegalStateException("the sockets don't fill up");
            // Two publications may be between the two counts.
        } while (others > 2L * (readers + stuck));
    }

    private void awaitPublished(Publisher publisher, long count) {
        while (publisher.published() < count) bed.sleep(Duration.ofMillis(100));
    }

    private void tell(Findings findings, Phase before, Beside beside, Phase after, long missed) {
        String name = habit.name;
        double alone = (before.p99() + after.p99()) / 2;
        findings.add(name, "p99 of %,d readers alone, before".formatted(readers), Findings.millis(before.p99()));
        findings.add(name, "with %,d that %s".formatted(stuck, habit.does), Findings.millis(beside.phase.p99()));
        findings.add(name, "alone again", Findings.millis(after.p99()));
        findings.add(name, "with : alone", "at most 1.20×", Findings.times(beside.phase.p99() / alone));
        findings.add(name, "publications that readers missed", "0", Long.toString(missed));
        findings.add(name, "memory before they came", beside.footprints.get(0).toString());
        findings.add(
                name, "memory, all fallen off the log", beside.footprints.get(1).toString());
        String size = Findings.mebibytes(
                (long) PER_SECOND * PAYLOAD_BYTES * bed.measured().toSeconds());
        for (int i = 2; i < beside.footprints.size(); i++) {
            findings.add(
                    name,
                    "memory, another %s published".formatted(size),
                    "as before",
                    beside.footprints.get(i).toString());
        }
        findings.add(
                name,
                "publications told as missed to %d that read again".formatted(RELEASED),
                "more than 0",
                "%,d".formatted(beside.missed));
    }

    /** @param missed publications, told in gaps to those that read again */
    private record Beside(Phase phase, List<Footprint> footprints, long missed) {}

    /** How a client is stuck. */
    enum Habit {
        UNREAD("unread", "never read", StuckSockets::stick),
        TRICKLE("trickle", "read 1 byte/s", sockets -> {
            sockets.stick();
            sockets.trickle();
        });

        final String name;
        private final String does;
        private final Consumer<StuckSockets> begin;

        Habit(String name, String does, Consumer<StuckSockets> begin) {
            this.name = name;
            this.does = does;
            this.begin = begin;
        }
    }
}
