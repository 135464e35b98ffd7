package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A node that refuses handshakes for now says for how long, and is left alone. */
final class RefusedHandshakeTest extends ClientFixture {
    private static final int CROWD = 200;

    @Test
    void waitsAsLongAsTheNodeAsksFor() throws Exception {
        refuse(node, "2");
        connect();
        Disconnection refused = life.next(Disconnection.class);
        assertThat(refused.reason()).contains("HTTP 503");
        assertThat(refused.retryIn()).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_400));
        assertThat(refused.wasConnected()).isFalse();
        node.refuseWithStatus = 0;
        node.accept();
    }

    @Test
    void triesTheOtherNodeMeanwhile() throws Exception {
        ScriptedNode other = startAnotherNode();
        refuse(node, "60");
        for (int i = 0; i < 10; i++) get(connect(options(node, other)).ready());
        assertThat(node.attempts.get()).isLessThanOrEqualTo(10);
    }

    @Test
    void doesNotWaitForANumberThatIsNone() throws Exception {
        refuse(node, "soon");
        connect();
        assertThat(life.next(Disconnection.class).retryIn()).isLessThanOrEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aCrowdThatIsRefusedDoesNotHammer() throws Exception {
        refuse(node, "1");
        long start = System.nanoTime();
        List<CompletionStage<Void>> ready = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) ready.add(connect(options(node)).ready());
        for (int seen = node.attempts.get(); seen < 3 * CROWD; seen = node.attempts.get()) {
            // Whoever is refused stays away for a second, so each comes once, and once more for each that has passed.
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            assertThat(seen).isLessThanOrEqualTo(CROWD * (1 + (int) passed.toSeconds()));
            life.next(Disconnection.class);
        }
        node.refuseWithStatus = 0;
        for (CompletionStage<Void> one : ready) get(one);
    }

    private static void refuse(ScriptedNode node, String retryAfter) {
        node.retryAfter = retryAfter;
        node.refuseWithStatus = 503;
    }
}
