package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    // A machine that stands still for a moment must not make a client late that answers.
    private static final Duration DEAD_AFTER = Duration.ofMillis(3_100);

    @Test
    void aClientThatAnswersStays() {
        try (TestNode node = TestNode.start("FANWIRE_HEARTBEAT_INTERVAL", "100ms", "FANWIRE_HEARTBEAT_TIMEOUT", "3s");
                RawClient client = RawClient.connect(node.port());
                RawClient silent = RawClient.connect(node.port())) {
            silent.stopAnsweringHeartbeats();
            // By then the answering client, too, has lived longer than a silent one may.
            assertThat(silent.closeCode()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT.code());
            assertThat(client.isClosed()).isFalse();
            assertThat(client.publish(5, "t", "hi").hasPublished()).isTrue();
        }
    }

    @Test
    void aClientThatOnlyReceivesAndSaysNothingIsClosedToo() {
        try (TestNode node = TestNode.start("FANWIRE_HEARTBEAT_INTERVAL", "100ms", "FANWIRE_HEARTBEAT_TIMEOUT", "3s");
                RawClient publisher = RawClient.connect(node.port());
                RawClient silent = RawClient.connect(node.port())) {
            silent.subscribe(2, "busy");
            silent.stopAnsweringHeartbeats();
            long start = System.nanoTime();
            for (long id = 2; !silent.isClosed(); id++) publisher.publish(id, "busy", "tick");
            Duration lived = Duration.ofNanos(System.nanoTime() - start);

            assertThat(silent.closeCode()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT.code());
            assertThat(lived).isBetween(DEAD_AFTER.dividedBy(2), DEAD_AFTER.plusSeconds(1));
            // The close frame comes first, the end of the connection after its answer.
            await().untilAsserted(
                            () -> assertThat(node.metric("fanwire_connections")).isEqualTo(1));
            assertThat(node.metric("fanwire_subscriptions")).isZero();
        }
    }

    @Test
    void aClientThatAsksForPingsNeedNotSpeakHeartbeats() {
        try (TestNode node = TestNode.start("FANWIRE_HEARTBEAT_INTERVAL", "100ms", "FANWIRE_HEARTBEAT_TIMEOUT", "3s");
                RawClient pinged = RawClient.open(node.port());
                RawClient silent = RawClient.open(node.port())) {
            // Its library answers pings.
            Connect.Builder wish = Connect.newBuilder().setHeartbeatByPing(true);
            pinged.send(RawClient.command(1).setConnect(wish));
            pinged.reply(1);
            silent.stopAnsweringHeartbeats();
            silent.send(RawClient.command(1).setConnect(Connect.getDefaultInstance()));

            assertThat(silent.closeCode()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT.code());
            assertThat(pinged.isClosed()).isFalse();
            assertThat(pinged.publish(5, "t", "hi").hasPublished()).isTrue();
        }
    }

    @Test
    void whoNeverSaysConnectIsClosed() {
        try (TestNode node = TestNode.start("FANWIRE_CONNECT_TIMEOUT", "200ms");
                RawClient client = RawClient.open(node.port())) {
            assertThat(client.closeCode()).isEqualTo(CloseReason.CONNECT_TIMEOUT.code());
        }
    }

    @Test
    void aStoppingNodeSaysGoodbye() {
        TestNode node = TestNode.start();
        try (RawClient client = RawClient.connect(node.port())) {
            client.subscribe(2, "t");
            node.close();
            assertThat(client.closeCode()).isEqualTo(CloseReason.SERVICE_RESTART.code());
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void ownPublicationsComeBack() {
        try (TestNode node = TestNode.start();
                RawClient client = RawClient.connect(node.port())) {
            client.subscribe(2, "t");
            client.publish(3, "t", "to myself");
            assertThat(client.await(Event::hasPublication).getPublication().getText())
                    .isEqualTo("to myself");
        }
    }
}
