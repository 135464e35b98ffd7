package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that never become a client: they are bounded, have an end, and the clients don't notice them. */
class SlowHandshakeTest {
    private static final int CROWD = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RawHandshake> crowd = new ArrayList<>();

    @AfterEach
    void close() {
        crowd.forEach(RawHandshake::close);
    }

    @Test
    void whoConnectsAndDoesNothingIsCutWhileOthersAreServed() {
        try (TestNode node = TestNode.start("FANWIRE_LIMITS_HANDSHAKE_TIMEOUT", "5s")) {
            connectAll(node);
            isServed(node);
            assertThat(crowd).allMatch(RawHandshake::isCut);
            nothingIsPending(node);
            assertThat(dropped(node, "HANDSHAKE_TIMEOUT")).isEqualTo(CROWD);
        }
    }

    @Test
    void aHandshakeByteByByteHasTheSameTime() throws Exception {
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try (TestNode node = TestNode.start("FANWIRE_LIMITS_HANDSHAKE_TIMEOUT", "5s")) {
            connectAll(node);
            // Would take some minutes altogether, and no pause is as long as any idle timeout.
            byte[] request = RawHandshake.request("X-Long: " + "x".repeat(5_000));
            drip.scheduleWithFixedDelay(new Drip(request), 0, 50, TimeUnit.MILLISECONDS);
            isServed(node);
            assertThat(crowd).allMatch(RawHandshake::isCut);
            nothingIsPending(node);
            assertThat(dropped(node, "HANDSHAKE_TIMEOUT")).isEqualTo(CROWD);
        } finally {
            drip.shutdownNow();
            assertThat(drip.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aBurstBeyondThePendingOnesIsClosedAndClientsStay() {
        try (TestNode node = TestNode.start(
                        "FANWIRE_LIMITS_HANDSHAKE_TIMEOUT", "5s", "FANWIRE_LIMITS_PENDING_HANDSHAKES", "50");
                RawClient client = RawClient.connect(node.port())) {
            connectAll(node);
            await().atMost(PATIENCE).until(() -> dropped(node, "PENDING_FULL") > 0);
            assertThat(node.metric("fanwire_handshakes_pending")).isLessThanOrEqualTo(50);
            assertThat(client.subscribe(2, "still:served").hasSubscribed()).isTrue();
            assertThat(crowd).allMatch(RawHandshake::isCut);
            nothingIsPending(node);
            assertThat(dropped(node, "PENDING_FULL") + dropped(node, "HANDSHAKE_TIMEOUT"))
                    .isEqualTo(CROWD);
            isServed(node);
            assertThat(client.publish(3, "still:served", "hi").hasPublished()).isTrue();
        }
    }

    @Test
    void whoMeansItComesInThoughTooManyNeverFinish() {
        try (TestNode node =
                TestNode.start("FANWIRE_LIMITS_HANDSHAKE_TIMEOUT", "1h", "FANWIRE_LIMITS_PENDING_HANDSHAKES", "50")) {
            for (int round = 1; round <= 5; round++) {
                for (int i = 0; i < 60; i++) crowd.add(RawHandshake.connect(node.port()));
                isServed(node);
            }
            // The oldest have made room.
            assertThat(crowd.subList(0, 240)).allMatch(RawHandshake::isCut);
            assertThat(dropped(node, "PENDING_FULL")).isBetween(250.0, 255.0);
            assertThat(node.metric("fanwire_handshakes_pending")).isLessThanOrEqualTo(50);
            crowd.forEach(RawHandshake::close);
            nothingIsPending(node);
        }
    }

    @Test
    void whoIsCutOnTheWayToHisSelectorIsClosedToo() {
        try (TestNode node =
                TestNode.start("FANWIRE_LIMITS_HANDSHAKE_TIMEOUT", "1h", "FANWIRE_LIMITS_PENDING_HANDSHAKES", "1")) {
            connectAll(node);
            isServed(node);
            assertThat(crowd).allMatch(RawHandshake::isCut);
            assertThat(dropped(node, "PENDING_FULL")).isEqualTo(CROWD);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(node.metric("fanwire_sockets")).isZero());
        }
    }

    @Test
    void oneAddressHasNoMoreUnfinishedHandshakesThanConnections() {
        try (TestNode node = TestNode.start(
                "FANWIRE_LIMITS_HANDSHAKE_TIMEOUT", "60s", "FANWIRE_LIMITS_CONNECTIONS_PER_ADDRESS", "10")) {
            connectAll(node);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(dropped(node, "ADDRESS_FULL")).isEqualTo(CROWD - 10));
        }
    }

    private void connectAll(TestNode node) {
        for (int i = 0; i < CROWD; i++) crowd.add(RawHandshake.connect(node.port()));
    }

    private static void isServed(TestNode node) {
        try (RawClient client = RawClient.connect(node.port())) {
            assertThat(client.subscribe(2, "is:served").hasSubscribed()).isTrue();
            assertThat(client.publish(3, "is:served", "hi").hasPublished()).isTrue();
        }
    }

    private static void nothingIsPending(TestNode node) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.metric("fanwire_handshakes_pending")).isZero());
    }

    private static double dropped(TestNode node, String reason) {
        return node.metric("fanwire_connections_refused_total{reason=\"" + reason + "\"}");
    }

    /** A byte for each that is still open, at each turn. */
    private final class Drip implements Runnable {
        private final byte[] request;
        private final List<RawHandshake> open = new ArrayList<>(crowd);
        private int sent;

        Drip(byte[] request) {
            this.request = request;
        }

        @Override
        public void run() {
            byte[] next = {request[sent++ % request.length]};
            open.removeIf(client -> !takes(client, next));
        }

        private static boolean takes(RawHandshake client, byte[] next) {
            try {
                client.send(next);
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        }
    }
}
