package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HeartbeatTest extends ClientFixture {
    @Test
    void answersEachHeartbeatAtOnce() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        Peer peer = node.accept();
        peer.send(Wire.HEARTBEAT);
        assertThat(peer.next().hasHeartbeat()).isTrue();
        peer.send(Wire.HEARTBEAT, Wire.HEARTBEAT);
        assertThat(peer.next().hasHeartbeat()).isTrue();
        assertThat(peer.next().hasHeartbeat()).isTrue();
        assertThat(peer.hasNoCommandWaiting()).isTrue();
    }

    @Test
    void leavesASilentNodeForAnother() throws Exception {
        ScriptedNode second = startAnotherNode();
        node.welcome = node.welcome.setHeartbeatIntervalMs(200).setHeartbeatTimeoutMs(100);
        second.welcome = node.welcome;
        long start = System.nanoTime();
        connect(options(node, second));
        ConnectionInfo first = life.next(ConnectionInfo.class);
        Disconnection silent = life.next(Disconnection.class);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(silent.reason()).contains("nothing heard for 300 ms");
        assertThat(silent.willReconnect()).isTrue();
        assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        assertThat(life.next(ConnectionInfo.class).nodeId()).isNotEqualTo(first.nodeId());
    }

    @Test
    void staysWithANodeThatSpeaks() throws Exception {
        node.welcome = node.welcome.setHeartbeatIntervalMs(1_000).setHeartbeatTimeoutMs(1_000);
        connect();
        life.next(ConnectionInfo.class);
        Peer peer = node.accept();
        // Paced by a latch that nobody opens: 15 × 200 ms is longer than interval and timeout.
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 15; i++) {
            assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
            peer.send(Wire.HEARTBEAT);
            assertThat(peer.next().hasHeartbeat()).isTrue();
        }
        assertThat(life.isEmpty()).isTrue();
    }

    @Test
    void aSlowListenerIsNotTakenForASilentNode() throws Exception {
        node.welcome = node.welcome.setHeartbeatIntervalMs(1_000).setHeartbeatTimeoutMs(1_000);
        CountDownLatch never = new CountDownLatch(1);
        connect().subscribe(TOPIC, message -> {
            try {
                assertThat(never.await(3, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            heard.onMessage(message);
        });
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        peer.send(Wire.publication(7, 1, "a"));
        peer.send(Wire.HEARTBEAT);
        assertThat(heard.next()).isEqualTo("a");
        assertThat(peer.next().hasHeartbeat()).isTrue();
        life.next(ConnectionInfo.class);
    }

    @Test
    void beatsByItselfWhenItHasSentNothing() throws Exception {
        node.welcome = node.welcome.setHeartbeatIntervalMs(200).setHeartbeatTimeoutMs(20_000);
        connect();
        Peer peer = node.accept();
        // The node says nothing: these answer nothing.
        for (int i = 0; i < 3; i++) assertThat(peer.next().hasHeartbeat()).isTrue();
        life.next(ConnectionInfo.class);
        assertThat(life.isEmpty()).isTrue();
    }

    @Test
    void saysWhichHeartbeatsItWishes() throws Exception {
        connect(options(node).heartbeat(Duration.ofSeconds(5), Duration.ofSeconds(2)));
        var connect = get(node.accept().connect);
        assertThat(connect.getHeartbeatIntervalMs()).isEqualTo(5_000);
        assertThat(connect.getHeartbeatTimeoutMs()).isEqualTo(2_000);
    }

    @Test
    void leavesTheHeartbeatsToTheNodeUnlessAsked() throws Exception {
        connect();
        assertThat(get(node.accept().connect).getHeartbeatIntervalMs()).isZero();
    }
}
