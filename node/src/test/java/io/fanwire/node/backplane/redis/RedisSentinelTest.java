package io.fanwire.node.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.harness.RedisSentinel;
import io.fanwire.node.NodeConfig;
import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.RecordingListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Sentinel that makes a replica take the place of a Redis that is gone, for real. */
class RedisSentinelTest {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Topic topic = new Topic("sentinel:topic");
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) parts.pop().close();
    }

    @Test
    void afterAFailoverTheNodeGoesOnWhereItWas() {
        TestRedis master = part(TestRedis.master());
        TestRedis replica = part(TestRedis.replicaOf(master));
        RedisSentinel sentinel = part(RedisSentinel.watch("main", master.port()));
        Backplane backplane = connect(Map.of("FANWIRE_REDIS_URI", sentinel.uri()));
        await(backplane.subscribe(topic, listener));
        for (int i = 1; i <= 3; i++) await(publish(backplane, "before"));
        listener.awaitPublications(3);
        patiently().until(() -> "3".equals(offset(replica)) && sentinel.knowsReplica());

        master.kill();

        // With the same key until one is acknowledged: it must not be there twice.
        patiently().until(() -> isAcknowledged(publish(backplane, "after")));
        patiently().until(() -> listener.texts().contains("after"));
        assertThat(listener.texts()).containsExactly("before", "before", "before", "after");
        assertThat(listener.gaps()).extracting(gap -> gap.reason()).containsOnly(Gap.Reason.REASON_EPOCH_CONTINUED);
        listener.assertUnbroken();
        patiently().until(() -> backplane.state() == BackplaneState.UP);
    }

    @Test
    void aSentinelWithAPasswordIsToldIt() {
        TestRedis master = part(TestRedis.master());
        RedisSentinel sentinel = part(RedisSentinel.watch("main", master.port(), "requirepass hidden"));
        Backplane backplane =
                connect(Map.of("FANWIRE_REDIS_URI", sentinel.uri(), "FANWIRE_REDIS_SENTINEL_PASSWORD", "hidden"));
        assertThat(await(publish(backplane, "a")).offset()).isEqualTo(1);
    }

    @Test
    void aMasterThatTheSentinelDoesNotKnowIsSaid() {
        TestRedis master = part(TestRedis.master());
        RedisSentinel sentinel = part(RedisSentinel.watch("main", master.port()));
        String uri = sentinel.uri().replace("#main", "#other");
        assertThatThrownBy(() -> connect(Map.of("FANWIRE_REDIS_URI", uri)))
                .isInstanceOf(BackplaneException.class)
                .hasMessageStartingWith("cannot connect to " + uri + ": ")
                .message()
                .doesNotContain("\n");
    }

    private Backplane connect(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("FANWIRE_REDIS_COMMAND_TIMEOUT", "3s");
        RedisConfig config = NodeConfig.from(environment).redis().orElseThrow();
        return part(RedisBackplane.connect(
                config, TestNamespaces.of(TestNamespaces.history("sentinel", 1_000)), new SimpleMeterRegistry()));
    }

    private CompletionStage<Position> publish(Backplane backplane, String text) {
        String key = text.equals("after") ? "once" : "";
        return backplane.publish(topic, new OutgoingPublication(text.getBytes(UTF_8), key));
    }

    private String offset(TestRedis redis) {
        return redis.ask(commands -> commands.hget("fanwire:t:{" + topic + "}", "o"));
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private static boolean isAcknowledged(CompletionStage<Position> publish) {
        return await(publish.handle((position, failure) -> failure == null));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, SECONDS).join();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
