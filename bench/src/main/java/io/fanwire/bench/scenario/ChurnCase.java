package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Churn;
import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.peer.FanwirePeer;
import java.time.Duration;
import java.util.List;

/** Sessions that subscribe and unsubscribe all the time, beside a crowd that stays. */
final class ChurnCase {
    static final String NAME = "churn";

    private static final String TOPIC = "bench-steady";
    private static final int PAYLOAD_BYTES = 128;
    private static final int PER_SECOND = 50;
    private static final int SESSIONS = 200;
    private static final int TOPICS_EACH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // Two rounds of all topics: from the second on, half of the commands unsubscribe.
    private static final int ROUNDS = 2;

    private final Bed bed;
    private final int readers;
    private final int rate;

    ChurnCase(Bed bed, int readers, int rate) {
        this.bed = bed;
        this.readers = readers;
        this.rate = rate;
    }

    void run(Findings findings) {
        try (Bed.NodeUnderTest node = bed.startNode();
                Crowd crowd = new Crowd(node.peer(), bed.loops());
                Publisher publisher = new Publisher(node.peer(), List.of(TOPIC), PAYLOAD_BYTES)) {
            crowd.join(readers, i -> TOPIC, PATIENCE);
            publisher.keepRate(PER_SECOND);
            bed.sleep(bed.warmUp());
            Phase alone = Phase.measure(bed, node.peer(), crowd);
            findings.add(NAME, "p99 of %,d readers alone".formatted(readers), Findings.millis(alone.p99()));
            String own = "topics of their own, through Redis";
            beside(findings, node.peer(), crowd, alone, own, (session, topic) -> "own-" + session + "-" + topic);
            String shared = "topics that others have";
            try (Crowd others = new Crowd(node.peer(), 1)) {
                others.join(TOPICS_EACH, i -> "shared-" + i, PATIENCE);
                beside(findings, node.peer(), crowd, alone, shared, (session, topic) -> "shared-" + topic);
            }
            Phase again = Phase.measure(bed, node.peer(), crowd);
            findings.add(NAME, "p99 alone again", Findings.millis(again.p99()));
            findings.add(NAME, "publications that readers missed", "0", Long.toString(crowd.missed()));
        }
    }

    private void beside(
            Findings findings, FanwirePeer peer, Crowd crowd, Phase alone, String topics, Churn.Names names) {
        try (Churn churn = new Churn(peer, SESSIONS, TOPICS_EACH, names)) {
            churn.keepRate(rate);
            bed.sleep(Duration.ofSeconds((long) ROUNDS * SESSIONS * TOPICS_EACH / rate));
            long before = churn.answered();
            long start = System.nanoTime();
            Phase with = Phase.measure(bed, peer, crowd);
            double perSecond = (churn.answered() - before) * 1e9 / (System.nanoTime() - start);
            findings.add(NAME, topics + ": answered/s", "%,d".formatted(rate), "%,.0f".formatted(perSecond));
            findings.add(NAME, topics + ": refused", "0", Long.toString(churn.refused()));
            double micros = (with.cores() - alone.cores()) * 1e6 / perSecond;
            findings.add(NAME, topics + ": CPU of the node for each", "%.1f µs".formatted(micros));
            findings.add(
                    NAME,
                    topics + ": p99 of the readers",
                    Findings.millis(with.p99()) + ", " + Findings.times(with.p99() / alone.p99()));
        }
    }
}
