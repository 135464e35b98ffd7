package io.fanwire.node.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.RecordingListener;
import io.fanwire.node.backplane.RecordingListener.Heard;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of the contract while Redis fails, and after. */
class RedisOutageTest {
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

    private static final Namespaces NAMESPACES = TestNamespaces.of(
            TestNamespaces.history("outage", 100_000), TestNamespaces.history("plain", 0), Namespace.DEFAULT);

    private final TestRedis redis = new TestRedis();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Backplane backplane = connect(10_000);
    private final Topic topic = new Topic("outage:topic");
    private final Topic plain = new Topic("plain:topic");
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() {
        backplane.close();
        redis.close();
    }

    @Test
    void whatALostSubscriberConnectionMissedComesFromTheHistory() {
        await(backplane.subscribe(topic, listener));
        try (Account account = new Account(backplane, topic)) {
            for (int kill = 1; kill <= 5; kill++) {
                int before = account.acknowledged();
                patiently().until(() -> account.acknowledged() > before + 1_000);
                killSubscribers();
                int kills = kill;
                patiently().until(() -> count("fanwire.redis.restored.subscriptions") >= kills);
            }
            account.close();
            awaitHeard(publish("last"));
            account.assertSettled(listener);
        }
        assertThat(listener.gaps()).isEmpty();
        assertThat(count("fanwire.redis.filled")).isPositive();
        assertThat(count("fanwire.redis.restored.subscriptions")).isEqualTo(5);
    }

    @Test
    void withoutHistoryWhatALostSubscriberConnectionMissedIsToldAsAGap() {
        await(backplane.subscribe(plain, listener));
        try (Account account = new Account(backplane, plain)) {
            for (int kill = 1; kill <= 3; kill++) {
                int before = account.acknowledged();
                patiently().until(() -> account.acknowledged() > before + 1_000);
                killSubscribers();
                int kills = kill;
                patiently().until(() -> count("fanwire.redis.restored.subscriptions") >= kills);
            }
            account.close();
            awaitHeard(await(backplane.publish(plain, text("last"))));
            account.assertSettled(listener);
        }
        assertThat(listener.gaps()).isNotEmpty().allMatch(gap -> gap.reason() == Gap.Reason.REASON_BACKPLANE_LOST);
    }

    @Test
    void afterARestartUnderLoadEverythingWasHeardOrToldAsAGap() {
        await(backplane.subscribe(topic, listener));
        try (Account account = new Account(backplane, topic)) {
            for (int restart = 0; restart < 3; restart++) {
                int before = account.acknowledged();
                patiently().until(() -> account.acknowledged() > before + 1_000);
                redis.kill();
                redis.start();
            }
            int before = account.acknowledged();
            patiently().until(() -> account.acknowledged() > before + 1_000);
            account.close();
            patiently().until(this::isSubscribedInRedis);
            awaitHeard(publish("last"));
            account.assertSettled(listener);
        }
        assertThat(listener.gaps()).anyMatch(gap -> gap.reason() == Gap.Reason.REASON_EPOCH_CHANGED);
    }

    @Test
    void aLostLastMessageIsTold() {
        await(backplane.subscribe(topic, listener));
        Position heard = publish("heard");
        listener.awaitPublications(1);
        publishWhileKillingSubscribers(heard.next());
        patiently().until(() -> !listener.gaps().isEmpty());
        assertThat(listener.gaps())
                .containsExactly(new Heard(heard.epoch(), 2, 2, null, Gap.Reason.REASON_BACKPLANE_LOST));
        assertThat(publish("next").offset()).isEqualTo(3);
        listener.awaitPublications(2);
        listener.assertUnbroken();
    }

    @Test
    void aQuietTopicTellsNothingAfterAReconnect() {
        await(backplane.subscribe(topic, listener));
        publish("heard");
        listener.awaitPublications(1);
        killSubscribers();
        patiently().until(() -> count("fanwire.redis.restored.subscriptions") == 1);
        publish("next");
        listener.awaitPublications(2);
        assertThat(listener.gaps()).isEmpty();
    }

    @Test
    void aRestartWithoutDataIsToldAtOnce() {
        await(backplane.subscribe(topic, listener));
        Position before = publish("heard");
        listener.awaitPublications(1);
        redis.kill();
        redis.start();
        patiently().until(() -> !listener.gaps().isEmpty());
        Heard gap = listener.gaps().get(0);
        assertThat(gap.reason()).isEqualTo(Gap.Reason.REASON_EPOCH_CHANGED);
        assertThat(gap.epoch()).isNotEqualTo(before.epoch());
        assertThat(List.of(gap.from(), gap.to())).containsExactly(1L, 0L);
        patiently().until(() -> backplane.state() == BackplaneState.UP);
        assertThat(publish("next")).isEqualTo(new Position(gap.epoch(), 1));
        listener.awaitPublications(2);
        listener.assertUnbroken();
    }

    @Test
    void aTopicThatRedisForgotIsToldWithTheNextPublication() {
        await(backplane.subscribe(topic, listener));
        publish("heard");
        redis.tell(commands -> commands.del("fanwire:t:{" + topic + "}"));
        Position after = publish("next");
        listener.awaitPublications(2);
        assertThat(listener.gaps())
                .containsExactly(new Heard(after.epoch(), 1, 0, null, Gap.Reason.REASON_EPOCH_CHANGED));
        listener.assertUnbroken();
    }

    /** As after a failover to a replica that lacked the last publications. */
    @Test
    void offsetsThatGoBackwardsStartANewEpoch() {
        await(backplane.subscribe(topic, listener));
        for (int i = 0; i < 5; i++) publish("heard");
        listener.awaitPublications(5);
        redis.tell(commands -> commands.hset("fanwire:t:{" + topic + "}", "o", "3"));
        Position lost = publish("takes an offset that was given before");
        patiently().until(() -> !listener.gaps().isEmpty());
        Heard gap = listener.gaps().get(0);
        assertThat(gap.reason()).isEqualTo(Gap.Reason.REASON_EPOCH_CHANGED);
        assertThat(gap.epoch()).isNotEqualTo(lost.epoch());
        assertThat(List.of(gap.from(), gap.to())).containsExactly(4L, 4L);
        assertThat(publish("next")).isEqualTo(new Position(gap.epoch(), 5));
        listener.awaitPublications(6);
        listener.assertUnbroken();
    }

    @Test
    void offsetsThatWentBackwardsDuringAnOutageStartANewEpoch() {
        await(backplane.subscribe(topic, listener));
        for (int i = 0; i < 5; i++) publish("heard");
        listener.awaitPublications(5);
        redis.tell(commands -> {
            commands.hset("fanwire:t:{" + topic + "}", "o", "3");
            commands.clientKill(KillArgs.Builder.typePubsub());
        });
        patiently().until(() -> !listener.gaps().isEmpty());
        Heard gap = listener.gaps().get(0);
        assertThat(gap.reason()).isEqualTo(Gap.Reason.REASON_EPOCH_CHANGED);
        assertThat(publish("next")).isEqualTo(new Position(gap.epoch(), 4));
        listener.awaitPublications(6);
        listener.assertUnbroken();
    }

    @Test
    void withoutRedisEverythingFailsAtOnce() {
        redis.kill();
        patiently().until(() -> backplane.state() == BackplaneState.DOWN);
        patiently()
                .until(() -> meters.get("fanwire.redis.subscriber.up").gauge().value() == 0);
        Instant start = Instant.now();
        for (int i = 0; i < 100; i++) {
            assertFails(backplane.publish(topic, text("m")), Kind.UNAVAILABLE);
            assertFails(backplane.subscribe(topic, listener), Kind.UNAVAILABLE);
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertFails(backplane.publish(topic, new OutgoingPublication(new byte[1], "key")), Kind.UNAVAILABLE);
        assertThat(count("fanwire.redis.publish.failures", "kind", "UNAVAILABLE"))
                .isEqualTo(101);
    }

    @Test
    void aRedisThatHangsCostsTheTimeLimitAndThenNothing() {
        await(backplane.subscribe(topic, listener));
        publish("before");
        redis.pause();
        Instant start = Instant.now();
        List<CompletionStage<Position>> stages = new ArrayList<>();
        for (int i = 0; i < 20; i++) stages.add(backplane.publish(topic, text("m")));
        stages.forEach(stage -> assertFails(stage, Kind.TIMEOUT));
        assertThat(Duration.between(start, Instant.now())).isLessThan(COMMAND_TIMEOUT.plusSeconds(1));
        start = Instant.now();
        assertFails(backplane.publish(topic, text("m")), Kind.UNAVAILABLE);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(500));
        assertThat(backplane.state()).isEqualTo(BackplaneState.DOWN);
        redis.resume();
        patiently().until(() -> backplane.state() == BackplaneState.UP);
        patiently()
                .until(() -> meters.get("fanwire.redis.subscriber.up").gauge().value() == 1);
        patiently().until(() -> tryPublish("after"));
        patiently().until(() -> listener.texts().contains("after"));
        listener.assertUnbroken();
    }

    @Test
    void aSubscriberConnectionThatHangsIsReplaced() {
        await(backplane.subscribe(topic, listener));
        redis.pause();
        patiently()
                .until(() -> meters.get("fanwire.redis.subscriber.up").gauge().value() == 0);
        redis.resume();
        patiently().until(() -> count("fanwire.redis.restored.subscriptions") == 1);
        patiently().until(() -> tryPublish("after"));
        patiently().until(() -> listener.texts().contains("after"));
        listener.assertUnbroken();
    }

    @Test
    void publishesInFlightAreBounded() {
        Backplane small = connect(10);
        redis.pause();
        List<CompletionStage<Position>> accepted = new ArrayList<>();
        for (int i = 0; i < 10; i++) accepted.add(small.publish(topic, text("m")));
        assertFails(small.publish(topic, text("m")), Kind.OVERLOADED);
        accepted.forEach(stage -> assertFails(stage, Kind.TIMEOUT));
        redis.resume();
        small.close();
    }

    @Test
    void theirBytesAreBoundedToo() {
        Backplane small = connect(1_000);
        byte[] large = new byte[300 << 10];
        redis.pause();
        List<CompletionStage<Position>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) accepted.add(small.publish(topic, new OutgoingPublication(large, "")));
        assertFails(small.publish(topic, new OutgoingPublication(large, "")), Kind.OVERLOADED);
        accepted.forEach(stage -> assertFails(stage, Kind.TIMEOUT));
        redis.resume();
        patiently().until(() -> succeeds(small.publish(topic, new OutgoingPublication(large, ""))));
        small.close();
    }

    @Test
    void closingDoesNotWaitForARedisThatHangs() {
        List<CompletionStage<Position>> stages = new ArrayList<>();
        redis.pause();
        for (int i = 0; i < 100; i++) {
            stages.add(backplane.publish(topic, new OutgoingPublication(new byte[1], "key " + i)));
            stages.add(backplane.subscribe(new Topic("close:" + i), listener));
        }
        Instant start = Instant.now();
        backplane.close();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
        assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void aTopicUnsubscribedDuringAnOutageDoesNotComeBack() {
        Topic kept = new Topic("outage:kept");
        await(backplane.subscribe(topic, listener));
        await(backplane.subscribe(kept, new RecordingListener()));
        redis.kill();
        patiently()
                .until(() -> meters.get("fanwire.redis.subscriber.up").gauge().value() == 0);
        backplane.unsubscribe(topic);
        redis.start();
        patiently().until(() -> count("fanwire.redis.restored.subscriptions") == 1);
        assertThat(redis.<List<String>>ask(commands -> commands.pubsubChannels("fanwire:c:*")))
                .containsExactly("fanwire:c:{" + kept + "}");
        assertThat(listener.heard()).isEmpty();
    }

    @Test
    void aSubscribeThatRedisRefusesFailsAlone() {
        redis.tell(commands -> commands.aclSetuser(
                "some",
                AclSetuserArgs.Builder.on()
                        .addPassword("secret")
                        .allKeys()
                        .allCommands()
                        // Before Redis 7 a new user may use all channels.
                        .resetChannels()
                        .channelPattern("fanwire:c:{allowed:*")));
        Backplane limited = RedisBackplane.connect(
                RedisConfig.of(redis.uri().replace("//", "//some:secret@")),
                Namespaces.DEFAULT,
                new SimpleMeterRegistry());
        List<CompletionStage<Position>> allowed = new ArrayList<>();
        List<CompletionStage<Position>> refused = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            allowed.add(limited.subscribe(new Topic("allowed:" + i), listener));
            refused.add(limited.subscribe(new Topic("refused:" + i), listener));
        }
        allowed.forEach(RedisOutageTest::await);
        refused.forEach(stage -> assertFails(stage, Kind.FAILED));
        limited.close();
    }

    @Test
    void aPublishWithAKeyIsRepeatedButHappensOnce() {
        await(backplane.subscribe(topic, listener));
        int acknowledged = 0;
        for (int round = 0; round < 5; round++) {
            List<CompletionStage<Position>> stages = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "m" + round + "-" + i;
                stages.add(backplane.publish(topic, new OutgoingPublication(name.getBytes(UTF_8), name)));
                if (i == 50) redis.tell(commands -> commands.clientKill(KillArgs.Builder.typeNormal()));
            }
            for (CompletionStage<Position> stage : stages) {
                if (await(stage.handle((position, failure) -> failure == null))) acknowledged++;
            }
            patiently().until(() -> backplane.state() == BackplaneState.UP);
        }
        patiently().until(() -> tryPublish("last"));
        patiently().until(() -> listener.texts().contains("last"));
        List<String> texts = listener.texts();
        assertThat(texts.stream().filter(text -> text.startsWith("m")).count()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
        assertThat(meters.get("resilience4j.retry.calls")
                        .tag("kind", "successful_with_retry")
                        .functionCounter()
                        .count())
                .isPositive();
    }

    @Test
    void tenThousandTopicsAreRestoredAndNoneLosesItsMessageInSilence() {
        int topics = 10_000;
        LongAdder heard = new LongAdder();
        List<CompletionStage<Position>> stages = new ArrayList<>();
        for (int i = 0; i < topics; i++) stages.add(backplane.subscribe(new Topic("many:" + i), new Counting(heard)));
        stages.forEach(RedisOutageTest::await);
        killSubscribers();
        for (int i = 0; i < topics; i += 100) await(backplane.publish(new Topic("many:" + i), text("m")));
        patiently().until(() -> count("fanwire.redis.restored.subscriptions") == topics);
        patiently().until(() -> heard.sum() == topics / 100);
        assertThat(redis.<List<String>>ask(commands -> commands.pubsubChannels("fanwire:c:*")))
                .hasSize(topics);
    }

    @Test
    void startingWithoutRedisSaysWhichAndWhy() {
        String uri = "redis://user:secret@127.0.0.1:" + TestRedis.freePort();
        assertThatThrownBy(() -> RedisBackplane.connect(RedisConfig.of(uri), Namespaces.DEFAULT, meters))
                .isInstanceOf(BackplaneException.class)
                .hasMessageStartingWith("cannot connect to " + uri.replace("user:secret", "***") + ": ")
                .hasMessageContaining("Connection refused")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aWrongPasswordSaysSo() {
        redis.tell(commands -> commands.configSet("requirepass", "right"));
        String wrong = redis.uri().replace("//", "//:wrong@");
        assertThatThrownBy(() -> RedisBackplane.connect(RedisConfig.of(wrong), Namespaces.DEFAULT, meters))
                .hasMessageStartingWith("cannot connect to " + redis.uri().replace("//", "//***@") + ": WRONGPASS");
        assertThatThrownBy(() -> RedisBackplane.connect(RedisConfig.of(redis.uri()), Namespaces.DEFAULT, meters))
                .hasMessageStartingWith("cannot connect to " + redis.uri() + ": NOAUTH");
        RedisBackplane.connect(RedisConfig.of(redis.uri().replace("//", "//:right@")), Namespaces.DEFAULT, meters)
                .close();
    }

    @Test
    void noThreadIsLeftAfterClosing() {
        backplane.close();
        patiently()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.matches("fanwire-redis-(subscriber|command|timer).*")));
    }

    private Backplane connect(int maxPublishesInFlight) {
        RedisConfig config = TestRedisConfig.of(redis.uri())
                .keenToConnect()
                .commandTimeout(COMMAND_TIMEOUT)
                .maxPublishesInFlight(maxPublishesInFlight)
                .maxPublishBytesInFlight(1 << 20)
                .build();
        return RedisBackplane.connect(config, NAMESPACES, meters);
    }

    private void killSubscribers() {
        redis.tell(commands -> commands.clientKill(KillArgs.Builder.typePubsub()));
    }

    /** What the script does, in one transaction with the end of every subscriber: nobody can hear it. */
    private void publishWhileKillingSubscribers(Position position) {
        redis.tell(commands -> {
            commands.multi();
            commands.clientKill(KillArgs.Builder.typePubsub());
            commands.hset("fanwire:t:{" + topic + "}", "o", Long.toString(position.offset()));
            commands.publish("fanwire:c:{" + topic + "}", position.epoch() + ":" + position.offset() + "\nlost");
            commands.exec();
        });
    }

    private boolean isSubscribedInRedis() {
        return !redis.<List<String>>ask(commands -> commands.pubsubChannels("fanwire:c:*"))
                .isEmpty();
    }

    private void awaitHeard(Position position) {
        patiently().until(() -> listener.positions().contains(position));
    }

    private Position publish(String body) {
        return await(backplane.publish(topic, text(body)));
    }

    private boolean tryPublish(String body) {
        return succeeds(backplane.publish(topic, text(body)));
    }

    private static boolean succeeds(CompletionStage<Position> stage) {
        return await(stage.handle((position, failure) -> failure == null));
    }

    private double count(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    private static OutgoingPublication text(String body) {
        return new OutgoingPublication(body.getBytes(UTF_8), "");
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, SECONDS).join();
    }

    private static void assertFails(CompletionStage<?> stage, Kind kind) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BackplaneException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(20));
    }

    /** Counts positions, delivered or missing. */
    private record Counting(LongAdder heard) implements TopicListener {
        @Override
        public void onPublication(Position position, byte[] body) {
            heard.increment();
        }

        @Override
        public void onGap(long epoch, long from, long to, Gap.Reason reason) {
            heard.add(to - from + 1);
        }
    }
}
