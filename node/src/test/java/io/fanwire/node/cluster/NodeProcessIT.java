package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.client.Message;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import io.fanwire.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes as processes, started from the jar that production runs, and treated badly. */
class NodeProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer redis = open(RedisServer.launchForTests());

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) opened.get(i).close();
    }

    @Test
    void aKilledNodeDoesNotDisturbTheOthersClientsAndItsOwnMoveOn() {
        NodeProcess doomed = open(NodeProcess.launch(spec()));
        NodeSpec later = spec();
        // The other node does not run yet: the client, whichever it tries first, ends up on this one.
        Received moved = Received.by(client(doomed.spec(), later), "it:killed");
        NodeProcess other = open(NodeProcess.launch(later));
        Received stayed = Received.by(client(other.spec()), "it:killed");
        FanwireClient publisher = client(other.spec());
        publishAll(publisher, "before", 50);

        doomed.kill();
        publishAll(publisher, "after", 50);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stayed.texts()).hasSize(100));
        assertThat(stayed.gaps()).isEmpty();
        AtomicLong newest = new AtomicLong();
        await().atMost(PATIENCE).until(() -> {
            newest.set(join(publisher.publish("it:killed", "again")).offset());
            return moved.texts().contains("again");
        });
        // What was published while the client was on its way is told as a gap: nothing is missing in silence. The last
        // ones may still be under way.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(moved.seen() + moved.missing()).isEqualTo(newest.get()));
        assertThat(moved.messages()).extracting(Message::position).doesNotHaveDuplicates();
    }

    @Test
    void aStoppedClientIsFoundAndFreedThoughItsKernelStillAcknowledges() throws Exception {
        NodeProcess node = open(NodeProcess.launch(spec()));
        Process client = startSubscriber(node, "it:stopped");
        await().atMost(PATIENCE).until(() -> node.metrics().get("fanwire_subscriptions") == 1);

        long start = System.nanoTime();
        signal(client, "STOP");
        await().atMost(PATIENCE).until(() -> node.metrics().get("fanwire_connections") == 0);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // Up to one interval passed since it was last heard; the socket itself has a second to say goodbye.
        assertThat(took).isBetween(TIMEOUT, INTERVAL.plus(TIMEOUT).plusSeconds(2));
        assertThat(node.metrics().get("fanwire_subscriptions")).isZero();
        signal(client, "CONT");
    }

    @Test
    void aClientLeavesAStoppedNodeForAnother() {
        NodeProcess frozen = open(NodeProcess.launch(spec()));
        NodeSpec later = spec();
        Received received = Received.by(client(frozen.spec(), later), "it:frozen");
        NodeProcess other = open(NodeProcess.launch(later));

        frozen.pause();
        await().atMost(INTERVAL.plus(TIMEOUT).plusSeconds(5)).until(() -> received.confirmations() == 2);
        join(client(other.spec()).publish("it:frozen", "hello again"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received.texts()).containsExactly("hello again"));
        frozen.resume();
    }

    @Test
    void sigtermEndsANodeWithZeroAndSaysGoodbyeToItsClients() {
        NodeProcess node = open(NodeProcess.launch(spec()));
        Received.by(client(node.spec()), "it:term");
        long start = System.nanoTime();
        node.stop();

        assertThat(node.exitCode()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThat(node.output()).anyMatch(line -> line.contains("stopped"));
    }

    @Test
    void aPortInUseIsNamedInOneLine() {
        NodeProcess node = open(NodeProcess.launch(spec()));
        NodeProcess late = open(NodeProcess.begin(
                NodeSpec.onPorts(node.spec().port(), NodeSpec.onFreePorts().port())));

        assertThat(late.awaitExit(PATIENCE)).isTrue();
        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.errors())
                .containsExactly(
                        "fanwire node: can't listen on 127.0.0.1:" + node.spec().port() + ": Address already in use");
    }

    @Test
    void anUnreachableRedisIsNamedInOneLine() {
        NodeProcess node = open(
                NodeProcess.begin(NodeSpec.onFreePorts().with("FANWIRE_REDIS_URI", "redis://user:secret@127.0.0.1:1")));

        assertThat(node.awaitExit(PATIENCE)).isTrue();
        assertThat(node.exitCode()).isEqualTo(1);
        assertThat(node.errors())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("fanwire node: ")
                        .contains("127.0.0.1:1")
                        .doesNotContain("secret"));
    }

    @Test
    void aBadValueIsNamedInOneLine() {
        NodeProcess node = open(NodeProcess.begin(NodeSpec.onFreePorts().with("FANWIRE_LANES", "many")));

        assertThat(node.awaitExit(PATIENCE)).isTrue();
        assertThat(node.exitCode()).isEqualTo(2);
        assertThat(node.errors()).containsExactly("fanwire node: lanes=many: Expected an integer value, got \"many\"");
    }

    private NodeSpec spec() {
        return NodeSpec.onFreePorts()
                .withRedis(redis.uri())
                .with("FANWIRE_HEARTBEAT_INTERVAL", INTERVAL.toMillis() + "ms")
                .with("FANWIRE_HEARTBEAT_TIMEOUT", TIMEOUT.toMillis() + "ms");
    }

    private FanwireClient client(NodeSpec... nodes) {
        String[] urls = new String[nodes.length];
        for (int i = 0; i < nodes.length; i++) urls[i] = nodes[i].url().toString();
        FanwireClient client =
                open(FanwireClient.connect(ClientOptions.builder(urls).build()));
        join(client.ready());
        return client;
    }

    private Process startSubscriber(NodeProcess node, String topic) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SubscriberMain.class.getName(),
                        node.url().toString(),
                        topic)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        opened.add(process::destroyForcibly);
        return process;
    }

    private static void signal(Process process, String name) throws Exception {
        int result = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(result).isZero();
    }

    private static void publishAll(FanwireClient publisher, String text, int count) {
        List<CompletionStage<Position>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) all.add(publisher.publish("it:killed", text + " " + i));
        all.forEach(NodeProcessIT::join);
    }

    private <T extends AutoCloseable> T open(T what) {
        opened.add(what);
        return what;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
