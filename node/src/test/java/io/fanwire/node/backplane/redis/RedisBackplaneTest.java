package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneContract;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a healthy Redis, and what can be seen in Redis of it. */
class RedisBackplaneTest extends BackplaneContract {
    private static TestRedis redis;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected Backplane open() {
        return RedisBackplane.connect(RedisConfig.of(redis.uri()), Namespaces.DEFAULT, meters);
    }

    @Override
    protected Backplane openOther(Backplane first) {
        return RedisBackplane.connect(RedisConfig.of(redis.uri()), Namespaces.DEFAULT, new SimpleMeterRegistry());
    }

    @Test
    void withoutATopicThereIsNoSubscriptionInRedis() {
        assertThat(channels()).isEmpty();
        subscribe();
        assertThat(channels()).containsExactly("fanwire:c:{" + topic + "}");
        backplane.unsubscribe(topic);
        Awaitility.await().until(() -> channels().isEmpty());
    }

    @Test
    void aScriptThatRedisHasForgottenIsSentAgain() {
        Position first = publish("a");
        redis.tell(commands -> commands.scriptFlush());
        assertThat(publish("b")).isEqualTo(first.next());
        assertThat(subscribe()).isEqualTo(first.next());
    }

    @Test
    void whatNoNodeHasPublishedIsCountedAndIgnored() {
        subscribe();
        String channel = "fanwire:c:{" + topic + "}";
        for (String foreign : List.of("", "hello", "1:2", ":\n", "1:\nx", "a:b\nx", "-1:5\nx", "1:0\nx", "0:1\nx")) {
            redis.tell(commands -> commands.publish(channel, foreign));
        }
        redis.tell(commands -> commands.publish(channel, "12345678901234567:1\nx"));
        publish("real");
        listener.awaitPublications(1);
        assertThat(listener.texts()).containsExactly("real");
        assertThat(meters.counter("fanwire.redis.malformed").count()).isEqualTo(10);
        listener.assertUnbroken();
    }

    @Test
    void aTopicExpiresInRedis() {
        publish("a");
        long ttl = redis.ask(commands -> commands.pttl("fanwire:t:{" + topic + "}"));
        assertThat(ttl)
                .isBetween(Duration.ofHours(23).toMillis(), Duration.ofHours(24).toMillis());
    }

    @Test
    void anIdempotencyKeyExpiresInRedisAfterTwoMinutes() {
        await(backplane.publish(topic, keyed("a", "key")));
        long ttl = redis.ask(commands -> commands.pttl("fanwire:i:{" + topic + "}:key"));
        assertThat(ttl).isBetween(110_000L, 120_000L);
    }

    @Test
    void largeOffsetsStayExact() {
        Position first = publish("a");
        redis.tell(commands -> commands.hset("fanwire:t:{" + topic + "}", "o", "4503599627370496"));
        assertThat(publish("b")).isEqualTo(new Position(first.epoch(), 4503599627370497L));
    }

    @Test
    void manyTopicsAreSubscribedTogether() {
        int topics = 5_000;
        List<CompletionStage<Position>> stages = new ArrayList<>();
        for (int i = 0; i < topics; i++) stages.add(backplane.subscribe(new Topic(topic + "-" + i), listener));
        stages.forEach(BackplaneContract::await);
        assertThat(channels()).hasSize(topics);
        assertThat(meters.get("fanwire.redis.subscriptions").gauge().value()).isEqualTo(topics);
    }

    @Test
    void unsubscribingOvertakesASubscribeUnderWay() {
        for (int i = 0; i < 100; i++) {
            backplane.subscribe(topic, listener);
            backplane.unsubscribe(topic);
        }
        Position start = subscribe();
        assertThat(publish("a")).isEqualTo(start.next());
        listener.awaitPublications(1);
        backplane.unsubscribe(topic);
        Awaitility.await().until(() -> channels().isEmpty());
    }

    private static List<String> channels() {
        return redis.ask(commands -> commands.pubsubChannels("fanwire:c:*"));
    }
}
