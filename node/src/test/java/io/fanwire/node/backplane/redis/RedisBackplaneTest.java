package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneContract;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    protected Backplane open(Namespaces namespaces) {
        return RedisBackplane.connect(config(Duration.ofSeconds(30)), namespaces, meters);
    }

    /** Redis' clock goes by itself: waits until it has. */
    @Override
    protected void pass(Duration passed) {
        Instant until = now().plus(passed);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> now().isAfter(until));
    }

    @Override
    protected Instant now() {
        List<String> time = redis.ask(commands -> commands.time());
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1_000);
    }

    @Override
    protected Backplane openOther(Backplane first) {
        return RedisBackplane.connect(config(Duration.ofSeconds(30)), NAMESPACES, new SimpleMeterRegistry());
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

    @Test
    void theHistoryExpiresInRedis() {
        publish("a");
        long ttl = redis.ask(commands -> commands.pttl(stream()));
        assertThat(ttl)
                .isBetween(
                        Duration.ofMinutes(5).toMillis(), Duration.ofMinutes(6).toMillis());
    }

    @Test
    void theStreamHoldsTheChannelsMessagesUnderTheirOffsets() {
        Position position = publish("a");
        List<StreamMessage<String, String>> entries =
                redis.ask(commands -> commands.xrange(stream(), Range.unbounded()));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).getId()).startsWith("1-");
        assertThat(entries.get(0).getBody()).containsExactly(Map.entry("m", position.epoch() + ":1\na"));
    }

    @Test
    void aTopicWithoutHistoryHasNoStream() {
        Topic none = new Topic("none:" + topic.name());
        publishMany(none, 3);
        assertThat(redis.<Long>ask(commands -> commands.exists("fanwire:s:{" + none + "}")))
                .isZero();
    }

    @Test
    void trimmingIsDoneForManyAtOnceAndKeepsToAnEighthMore() {
        List<CompletionStage<Position>> stages = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) stages.add(backplane.publish(topic, text("x")));
        stages.forEach(BackplaneContract::await);
        for (int i = 0; i < 200; i++) {
            publish("x");
            assertThat(redis.<Long>ask(commands -> commands.xlen(stream()))).isBetween(1_000L, 1_125L);
        }
    }

    @Test
    void foreignEntriesAreLeftOut() {
        publish("a");
        redis.tell(commands -> {
            commands.xadd(stream(), new XAddArgs().id("1-99999999999999"), Map.of("m", "1:1\nforged"));
            commands.xadd(stream(), new XAddArgs().id("2-1"), Map.of("other", "x"));
        });
        Position next = publish("b");
        redis.tell(
                commands -> commands.xadd(stream(), new XAddArgs().id("2-99999999999999"), Map.of("m", "", "n", "")));
        redis.tell(commands -> commands.xadd(stream(), Map.of("m", "9:9\nfrom the future")));
        HistoryPage page = read(topic, new HistoryQuery.Start.Beginning());
        assertThat(bodies(page)).containsExactly("a", "b");
        assertThat(page.lineage().newest()).isEqualTo(next);
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void aPageOfForeignEntriesIsPassedOver() {
        publish("a");
        redis.tell(commands -> {
            for (int i = 0; i < 100; i++) {
                commands.xadd(stream(), new XAddArgs().id("1-" + (90_000_000_000_000L + i)), Map.of("m", "x"));
            }
        });
        publish("b");
        HistoryPage page = read(topic, new HistoryQuery(new HistoryQuery.Start.Offset(2), 1, 100));
        assertThat(bodies(page)).containsExactly("b");
        page = read(topic, new HistoryQuery(new HistoryQuery.Start.Beginning(), 1, 100));
        assertThat(bodies(page)).containsExactly("a");
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void aStreamThatTakesNoMoreIsStartedAnew() {
        Position first = publish("a");
        redis.tell(commands -> commands.xadd(stream(), Map.of("m", "in the way")));
        assertThat(publish("b")).isEqualTo(first.next());
        HistoryPage page = read(topic, new HistoryQuery.Start.Offset(1));
        assertThat(bodies(page)).containsExactly("b");
        assertThat(redis.<Long>ask(commands -> commands.xlen(stream()))).isEqualTo(1);
    }

    @Test
    void aForeignKeyInTheStreamsPlaceIsReplaced() {
        Position first = publish("a");
        redis.tell(commands -> commands.del(stream()));
        redis.tell(commands -> commands.set(stream(), "somebody else's"));
        assertThat(read(topic, new HistoryQuery.Start.Beginning()).publications())
                .isEmpty();
        assertThat(publish("b")).isEqualTo(first.next());
        assertThat(bodies(read(topic, new HistoryQuery.Start.Beginning()))).containsExactly("b");
    }

    @Test
    void aStreamDeletedByHandGoesOnAndExpires() {
        publish("a");
        redis.tell(commands -> commands.del(stream()));
        publish("b");
        assertThat(bodies(read(topic, new HistoryQuery.Start.Offset(1)))).containsExactly("b");
        assertThat(redis.<Long>ask(commands -> commands.pttl(stream()))).isPositive();
    }

    @Test
    void aForeignKeyInTheTopicsPlaceFailsThisTopicOnly() {
        redis.tell(commands -> commands.set("fanwire:t:{" + topic + "}", "somebody else's"));
        List<CompletionStage<Position>> others = new ArrayList<>();
        CompletionStage<Position> broken = backplane.subscribe(topic, listener);
        for (int i = 0; i < 20; i++) others.add(backplane.subscribe(new Topic(topic + "-" + i), listener));
        assertFails(broken, Kind.FAILED);
        others.forEach(BackplaneContract::await);
        assertFails(backplane.publish(topic, text("a")), Kind.FAILED);
        assertFails(backplane.read(topic, new HistoryQuery(new HistoryQuery.Start.Beginning(), 1, 1)), Kind.FAILED);
        assertThat(backplane.state()).isEqualTo(BackplaneState.UP);
        assertThat(meters.counter("fanwire.redis.unreadable").count()).isEqualTo(1);
    }

    @Test
    void scriptsThatRedisHasForgottenAreSentAgainForReadsToo() {
        publish("a");
        redis.tell(commands -> commands.scriptFlush());
        assertThat(bodies(read(topic, new HistoryQuery.Start.Beginning()))).containsExactly("a");
    }

    @Test
    void aLastMessageLostInSilenceIsFoundOnAQuietTopic() {
        Backplane attentive =
                RedisBackplane.connect(config(Duration.ofSeconds(1)), NAMESPACES, new SimpleMeterRegistry());
        Position start = await(attentive.subscribe(topic, listener));
        redis.tell(commands -> {
            commands.hset("fanwire:t:{" + topic + "}", "o", "1");
            commands.xadd(stream(), new XAddArgs().id("1-1"), Map.of("m", start.epoch() + ":1\nlost"));
        });
        listener.awaitPublications(1);
        assertThat(listener.texts()).containsExactly("lost");
        attentive.close();
    }

    /** Patient: a slow machine is no outage. */
    private static RedisConfig config(Duration compareInterval) {
        return TestRedisConfig.of(redis.uri())
                .commandTimeout(Duration.ofSeconds(15))
                .compareInterval(compareInterval)
                .build();
    }

    private String stream() {
        return "fanwire:s:{" + topic + "}";
    }

    private static List<String> channels() {
        return redis.ask(commands -> commands.pubsubChannels("fanwire:c:*"));
    }
}
