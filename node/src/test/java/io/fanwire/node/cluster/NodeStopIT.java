package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import io.fanwire.node.DeafClient;
import io.fanwire.node.RawClient;
import io.fanwire.protocol.v1.Disconnect;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publish;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a node process ends, and what its clients see of that. */
class NodeStopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PUBLISHERS = 20;

    // Between two publishes of a client: there is something under way at any time, and no flood.
    private static final long PAUSE_NANOS = 2_000_000;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer redis = open(RedisServer.launchForTests());

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) opened.get(i).close();
    }

    @Test
    void clientsLeaveOverTimeAndNothingAcknowledgedIsLost() throws Exception {
        NodeProcess other = open(NodeProcess.launch(spec()));
        Received received = Received.by(client(other.spec()), "stop:t");
        NodeProcess node = open(NodeProcess.launch(spec().with("FANWIRE_DRAIN_DURATION", "3s")));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++)
            clients.add(open(RawClient.connect(node.spec().port())));

        signal(node, "TERM");
        int round = 0;
        while (!clients.stream().allMatch(RawClient::isClosed)) {
            publishOne(clients.subList(0, PUBLISHERS), 10 + round++);
            LockSupport.parkNanos(PAUSE_NANOS);
        }

        assertThat(node.awaitExit(PATIENCE)).isTrue();
        assertThat(node.exitCode()).isZero();
        // A publisher whose machine is too busy to answer the close frame in a second is cut, and its library gives up
        // what
        // it has not read yet as soon as it writes again. The others only read.
        for (RawClient each : clients.subList(PUBLISHERS, clients.size())) {
            assertThat(each.closeCode()).isEqualTo(1012);
            Disconnect told = each.await(Event::hasDisconnect).getDisconnect();
            assertThat(told.getCode()).isEqualTo(1012);
            assertThat(told.getRetryAfterMs()).isLessThan(1_000);
        }
        assertSpread(clients.stream().map(RawClient::closedAt).sorted().toList());
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            for (long id : clients.get(i).published()) acknowledged.add(i + ":" + id);
        }
        assertThat(acknowledged).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received.texts()).containsAll(acknowledged));
    }

    @Test
    void aSecondSignalHurries() throws Exception {
        NodeProcess node = open(NodeProcess.launch(spec().with("FANWIRE_DRAIN_DELAY", "10m")));
        RawClient client = open(RawClient.connect(node.spec().port()));
        signal(node, "TERM");
        await().atMost(PATIENCE).until(() -> !node.isReady(PATIENCE));
        assertThat(client.publish(2, "stop:t", "still here").hasPublished()).isTrue();

        signal(node, "TERM");
        assertThat(node.awaitExit(PATIENCE)).isTrue();
        assertThat(node.exitCode()).isZero();
        assertThat(client.closeCode()).isEqualTo(1012);
    }

    @Test
    void whoseParentIsGoneHurries() throws Exception {
        NodeSpec spec = spec();
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                spec.jar().toString());
        builder.environment().keySet().removeIf(key -> key.startsWith("FANWIRE_"));
        builder.environment()
                .putAll(Map.of(
                        "FANWIRE_HOST", "127.0.0.1",
                        "FANWIRE_PORT", Integer.toString(spec.port()),
                        "FANWIRE_ADMIN_PORT", Integer.toString(spec.adminPort()),
                        "FANWIRE_DRAIN_DELAY", "10m",
                        "FANWIRE_EXIT_ON_STDIN_CLOSE", "true"));
        Process node = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        opened.add(node::destroyForcibly);
        RawClient client = open(connectWhenReady(spec.port()));

        node.getOutputStream().close();
        assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        assertThat(client.closeCode()).isEqualTo(1012);
    }

    @Test
    void aClientThatNeitherReadsNorAnswersDoesNotHoldTheNodeUp() throws Exception {
        NodeProcess node = open(NodeProcess.launch(spec()
                // Nothing but the drain itself may end it.
                .with("FANWIRE_LIMITS_WRITE_TIMEOUT", "1h")
                .with("FANWIRE_HEARTBEAT_INTERVAL", "1h")
                .with("FANWIRE_DRAIN_DURATION", "1s")
                .with("FANWIRE_DRAIN_GRACE", "10m")));
        DeafClient stuck = open(DeafClient.subscribe(node.spec().port(), "stop:stuck"));
        stuck.fillUp(node.spec().port(), name -> node.metrics().get(name));
        await().atMost(PATIENCE).until(() -> node.metrics().get("fanwire_connections") == 1);

        signal(node, "TERM");
        assertThat(node.awaitExit(PATIENCE)).isTrue();
        assertEndedByItself(node);
        assertThat(stuck.isReset()).isTrue();
    }

    @Test
    void aRedisThatHangsDoesNotHoldTheNodeUp() throws Exception {
        NodeProcess node = open(NodeProcess.launch(spec().with("FANWIRE_DRAIN_DURATION", "1s")));
        RawClient client = open(RawClient.connect(node.spec().port()));
        redis.pause();
        client.send(RawClient.command(2)
                .setPublish(Publish.newBuilder().setTopic("stop:t").setText("unanswered")));

        signal(node, "TERM");
        assertThat(node.awaitExit(PATIENCE)).isTrue();
        assertEndedByItself(node);
        assertThat(client.closeCode()).isEqualTo(1012);
        redis.resume();
    }

    @Test
    void aNodeThatWaitsForRedisCanBeStopped() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            NodeProcess node = open(
                    NodeProcess.begin(NodeSpec.onFreePorts().withRedis("redis://127.0.0.1:" + silent.getLocalPort())));
            silent.setSoTimeout((int) PATIENCE.toMillis());
            try (Socket unanswered = silent.accept()) {
                assertThat(unanswered.isConnected()).isTrue();
                signal(node, "TERM");
                assertThat(node.awaitExit(PATIENCE)).isTrue();
            }
            assertEndedByItself(node);
            assertThat(node.output()).anyMatch(line -> line.contains("stopped while it waited for Redis"));
        }
    }

    private static void assertEndedByItself(NodeProcess node) {
        assertThat(node.exitCode()).isZero();
        assertThat(node.output()).noneMatch(line -> line.contains("has not stopped in"));
    }

    private static RawClient connectWhenReady(int port) {
        return await().atMost(PATIENCE).ignoreExceptions().until(() -> RawClient.connect(port), client -> true);
    }

    /** No tenth of the time has many: a test's machine may stand still for a moment, all at once would be all. */
    private static void assertSpread(List<Long> times) {
        long first = times.get(0);
        long whole = times.get(times.size() - 1) - first;
        int[] buckets = new int[10];
        for (long time : times) buckets[(int) Math.min(9, (time - first) * 10 / Math.max(1, whole))]++;
        assertThat(Duration.ofNanos(whole)).isGreaterThan(Duration.ofMillis(1_500));
        for (int bucket : buckets) assertThat(bucket).isLessThan(times.size() / 2);
    }

    private static void publishOne(List<RawClient> publishers, int id) {
        for (int i = 0; i < publishers.size(); i++) {
            publishers
                    .get(i)
                    .send(RawClient.command(id)
                            .setPublish(Publish.newBuilder().setTopic("stop:t").setText(i + ":" + id)));
        }
    }

    private NodeSpec spec() {
        return NodeSpec.onFreePorts().withRedis(redis.uri());
    }

    private FanwireClient client(NodeSpec node) {
        FanwireClient client = open(FanwireClient.connect(
                ClientOptions.builder(node.url().toString()).build()));
        client.ready().toCompletableFuture().join();
        return client;
    }

    private static void signal(NodeProcess node, String name) throws Exception {
        int result = new ProcessBuilder("kill", "-" + name, Long.toString(node.pid()))
                .start()
                .waitFor();
        assertThat(result).isZero();
    }

    private <T extends AutoCloseable> T open(T what) {
        opened.add(what);
        return what;
    }
}
