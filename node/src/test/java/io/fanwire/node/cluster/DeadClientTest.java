package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.ChildProcess;
import io.fanwire.harness.RedisConsole;
import io.fanwire.harness.RedisServer;
import io.fanwire.harness.TcpForwarder;
import io.fanwire.node.DeafClient;
import io.fanwire.node.RawClient;
import io.fanwire.node.TestNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However a client dies: the node notices, and keeps nothing of it. How soon, to the tick, is SessionLifeTest's. */
class DeadClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "dead:clients";
    private static final String NEVER = "1h";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final RedisServer redis = open(RedisServer.launchForTests());

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) opened.pop().close();
    }

    @Test
    void aClientThatFallsSilent() {
        TestNode node = node("300ms", "2s", NEVER);
        RawClient client = open(RawClient.connect(node.port()));
        client.subscribe(2, TOPIC);
        client.stopAnsweringHeartbeats();
        isFreed(node, "HEARTBEAT_TIMEOUT");
    }

    @Test
    void aClientWhoseNetworkLosesEverything() {
        TestNode node = node("300ms", "2s", NEVER);
        TcpForwarder network = open(TcpForwarder.to(node.port()));
        RawClient client = open(RawClient.connect(network.port()));
        client.subscribe(2, TOPIC);
        network.stall();
        isFreed(node, "HEARTBEAT_TIMEOUT");
    }

    @Test
    void aClientProcessThatIsStopped() throws Exception {
        TestNode node = node("500ms", "2s", NEVER);
        ChildProcess client = open(ChildProcess.start(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                SubscriberMain.class.getName(),
                node.url(),
                TOPIC)));
        await().atMost(PATIENCE).until(() -> node.metric("fanwire_subscriptions") == 1);
        signal("STOP", client.pid());
        // Its kernel goes on acknowledging.
        isFreed(node, "HEARTBEAT_TIMEOUT");
    }

    @Test
    void aClientThatIsKilled() {
        TestNode node = node(NEVER, NEVER, NEVER);
        RawClient client = RawClient.connect(node.port());
        client.subscribe(2, TOPIC);
        client.close();
        isFreed(node, "BY_CLIENT");
    }

    @Test
    void aClientThatNeverReadsAndSaysNothing() {
        TestNode node = node("300ms", "2s", NEVER);
        DeafClient client = open(DeafClient.subscribe(node.port(), TOPIC));
        client.fillUp(node);
        isFreed(node, "HEARTBEAT_TIMEOUT");
        assertThat(client.isReset()).isTrue();
    }

    @Test
    void aClientThatNeverReadsAndSaysThatItIsThere() {
        TestNode node = node(NEVER, NEVER, "1s");
        DeafClient client = open(DeafClient.subscribe(node.port(), TOPIC));
        client.fillUp(node);
        isFreed(node, "WRITE_TIMEOUT");
        assertThat(client.isReset()).isTrue();
    }

    private TestNode node(String interval, String timeout, String writeTimeout) {
        return open(TestNode.start(
                "FANWIRE_REDIS_URI",
                redis.uri(),
                "FANWIRE_HEARTBEAT_INTERVAL",
                interval,
                "FANWIRE_HEARTBEAT_TIMEOUT",
                timeout,
                "FANWIRE_LIMITS_WRITE_TIMEOUT",
                writeTimeout));
    }

    private void isFreed(TestNode node, String cause) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(closed(node, cause)).isPositive();
            assertThat(node.metric("fanwire_connections")).isZero();
            assertThat(node.metric("fanwire_subscriptions")).isZero();
            assertThat(node.metric("fanwire_topics")).isZero();
            assertThat(redisSubscribers()).isEqualTo("0");
        });
    }

    private static double closed(TestNode node, String cause) {
        return node.metric("fanwire_connections_closed_total{reason=\"" + cause + "\"}");
    }

    private String redisSubscribers() {
        int port = URI.create(redis.uri()).getPort();
        return RedisConsole.at(port)
                .call("PUBSUB", "NUMSUB", "fanwire:c:" + TOPIC)
                .get(1);
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private <T extends AutoCloseable> T open(T what) {
        opened.push(what);
        return what;
    }
}
