package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node process that is started while its Redis is away. */
class NodeStartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisServer redis = RedisServer.launchForTests();

    @BeforeEach
    void redisGoesAway() {
        redis.kill();
    }

    @AfterEach
    void removeRedis() {
        redis.close();
    }

    @Test
    void servesAsSoonAsRedisIsThere() throws Exception {
        try (NodeProcess node = NodeProcess.begin(spec("10m"))) {
            awaitWaiting(node);
            assertThat(node.isReady()).isFalse();

            redis.start();
            node.awaitReady();
            try (FanwireClient client = FanwireClient.connect(
                    ClientOptions.builder(node.url().toString()).build())) {
                assertThat(client.publish("it:start", "hello")
                                .toCompletableFuture()
                                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                .offset())
                        .isEqualTo(1);
            }
            awaitLine(node, "connected to " + redis.uri() + " after ");
            assertThat(node.errors()).isEmpty();
        }
    }

    @Test
    void whenTheTimeIsUpItEndsAsOneThatDoesNotWait() {
        try (NodeProcess node = NodeProcess.begin(spec("1s").with("FANWIRE_REDIS_MAX_RECONNECT_DELAY", "50ms"))) {
            assertThat(node.awaitExit(PATIENCE)).isTrue();
            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(error(node))
                    .startsWith("fanwire node: cannot connect to " + redis.uri() + ": ")
                    .endsWith("Connection refused");
            // Once, however often it has tried.
            awaitLine(node, "; trying again for 1 s");
            assertThat(lines(node, "cannot connect to " + redis.uri())).hasSize(1);
        }
    }

    @Test
    void aWrongPasswordEndsItAtOnceThoughItWouldWait() {
        redis.start();
        NodeSpec wrong = NodeSpec.onFreePorts()
                .withRedis(redis.uri().replace("//", "//nobody:wrong@"))
                .with("FANWIRE_REDIS_START_TIMEOUT", "10m");
        try (NodeProcess node = NodeProcess.begin(wrong)) {
            assertThat(node.awaitExit(PATIENCE)).isTrue();
            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(error(node)).contains(": WRONGPASS ").doesNotContain("nobody");
            assertThat(lines(node, "trying again")).isEmpty();
        }
    }

    @Test
    void aStopEndsTheWaitWithoutAFailure() throws Exception {
        try (NodeProcess node = NodeProcess.begin(spec("10m"))) {
            awaitWaiting(node);
            int told = new ProcessBuilder("kill", "-TERM", Long.toString(node.pid()))
                    .start()
                    .waitFor();
            assertThat(told).isZero();
            assertThat(node.awaitExit(PATIENCE)).isTrue();
            assertThat(node.exitCode()).isZero();
            // By itself: not by the watchdog, and not because the time was up.
            awaitLine(node, "stopped while it waited for Redis");
            assertThat(lines(node, "has not stopped in")).isEmpty();
            assertThat(node.errors()).isEmpty();
        }
    }

    private NodeSpec spec(String timeout) {
        return NodeSpec.onFreePorts().withRedis(redis.uri()).with("FANWIRE_REDIS_START_TIMEOUT", timeout);
    }

    private static void awaitWaiting(NodeProcess node) {
        awaitLine(node, "trying again");
    }

    /** What a process has said is read a moment later, also after its end. */
    private static void awaitLine(NodeProcess node, String part) {
        await().atMost(PATIENCE).until(() -> lines(node, part).size() == 1);
    }

    /** The only one. */
    private static String error(NodeProcess node) {
        return await().atMost(PATIENCE)
                .until(node::errors, errors -> errors.size() == 1)
                .get(0);
    }

    private static List<String> lines(NodeProcess node, String part) {
        return node.output().stream().filter(line -> line.contains(part)).toList();
    }
}
