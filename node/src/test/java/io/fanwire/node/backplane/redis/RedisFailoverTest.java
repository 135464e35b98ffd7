package io.fanwire.node.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.RecordingListener;
import io.fanwire.node.backplane.RecordingListener.Heard;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What subscribers hear when another Redis takes the place of theirs: with all of its data, some of it or none. */
class RedisFailoverTest {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topic topic = new Topic("failover:topic");
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) parts.pop().close();
    }

    @Test
    void aRestartWithItsDataLosesNothing() {
        TestRedis redis = part(TestRedis.persistent());
        Backplane backplane = connect(redis.uri());
        await(backplane.subscribe(topic, listener));
        try (Account account = new Account(backplane, topic)) {
            for (int restart = 0; restart < 3; restart++) {
                awaitMore(account);
                redis.kill();
                redis.start();
                patiently().until(() -> backplane.state() == BackplaneState.UP);
            }
            awaitMore(account);
            account.close();
            Position last = publish(backplane, "last");
            patiently().until(() -> listener.positions().contains(last));
            account.assertAllHeard(listener);
        }
        assertThat(listener.gaps()).hasSize(3).allMatch(gap -> gap.reason() == Gap.Reason.REASON_EPOCH_CONTINUED);
    }

    @Test
    void aRestartWithItsDataIsToldToAQuietTopic() {
        TestRedis redis = part(TestRedis.persistent());
        Backplane backplane = connect(redis.uri());
        await(backplane.subscribe(topic, listener));
        Position before = publish(backplane, "before");
        listener.awaitPublications(1);
        redis.kill();
        redis.start();
        patiently().until(() -> !listener.gaps().isEmpty());
        Heard gap = listener.gaps().get(0);
        assertThat(gap.epoch()).isNotEqualTo(before.epoch());
        assertThat(gap).isEqualTo(new Heard(gap.epoch(), 2, 1, null, Gap.Reason.REASON_EPOCH_CONTINUED));
    }

    @Test
    void whatAStaleReplicaLackedIsToldAndItsNewContentIsDelivered() {
        TestRedis master = part(TestRedis.master());
        TestRedis replica = part(TestRedis.replicaOf(master));
        TcpProxy proxy = part(new TcpProxy(master.port()));
        Backplane backplane = connect(proxy.uri());
        await(backplane.subscribe(topic, listener));
        for (int i = 1; i <= 3; i++) publish(backplane, "both");
        awaitOffset(replica, "3");
        replica.tell(commands -> commands.replicaofNoOne());
        for (int i = 4; i <= 8; i++) publish(backplane, "lost");
        listener.awaitPublications(8);

        // Another node is there first, and publishes before this one's subscriber is back.
        Backplane other = connect(replica.uri());
        Position fresh = publish(other, "new");
        assertThat(fresh.offset()).isEqualTo(4);
        proxy.leadTo(replica.port());
        proxy.cut();

        patiently().until(() -> listener.texts().contains("new"));
        assertThat(listener.gaps())
                .containsExactly(new Heard(fresh.epoch(), 4, 3, null, Gap.Reason.REASON_EPOCH_CHANGED));
        patiently().until(() -> backplane.state() == BackplaneState.UP);
        assertThat(publish(backplane, "next")).isEqualTo(fresh.next());
        patiently().until(() -> listener.texts().contains("next"));
        listener.assertUnbroken();
    }

    @Test
    void whoSawNoMoreThanThePromotedReplicaLosesNothing() {
        TestRedis master = part(TestRedis.master());
        TestRedis replica = part(TestRedis.replicaOf(master));
        TcpProxy proxy = part(new TcpProxy(master.port()));
        Backplane backplane = connect(proxy.uri());
        await(backplane.subscribe(topic, listener));
        for (int i = 1; i <= 3; i++) publish(backplane, "both");
        listener.awaitPublications(3);
        awaitOffset(replica, "3");
        replica.tell(commands -> commands.replicaofNoOne());
        proxy.leadTo(replica.port());
        proxy.cut();
        patiently().until(() -> !listener.gaps().isEmpty());
        assertThat(listener.gaps()).extracting(Heard::reason).containsExactly(Gap.Reason.REASON_EPOCH_CONTINUED);
        patiently().until(() -> backplane.state() == BackplaneState.UP);
        assertThat(publish(backplane, "next").offset()).isEqualTo(4);
        listener.awaitPublications(4);
        listener.assertUnbroken();
    }

    /** As when a failover reaches one connection of a node before the other. */
    @Test
    void aCanaryNoticesThatTheSubscriberConnectionIsOnAnotherRedis() {
        TestRedis here = part(new TestRedis());
        TestRedis there = part(new TestRedis());
        TcpProxy proxy = part(new TcpProxy(here.port()));
        Backplane backplane = connect(proxy.uri());
        await(backplane.subscribe(topic, listener));
        patiently().until(() -> meters.get("fanwire.redis.canary").timer().count() > 0);
        proxy.leadTo(there.port());
        here.tell(commands -> commands.clientKill(KillArgs.Builder.typePubsub()));
        patiently()
                .until(() -> meters.get("fanwire.redis.canary.lost").counter().count() > 0);
        assertThat(backplane.state()).isEqualTo(BackplaneState.DOWN);
        assertThat(backplane.trouble())
                .isIn("Redis: the canary does not come back", "Redis: no connection for subscriptions");
        publish(backplane, "meanwhile");
        proxy.leadTo(here.port());
        patiently().until(() -> listener.texts().contains("meanwhile"));
        patiently().until(() -> backplane.state() == BackplaneState.UP);
    }

    @Test
    void aRedisThatDoesNotTellWhichItIsServesAllTheSame() {
        TestRedis redis = part(TestRedis.persistent());
        redis.tell(commands -> commands.aclSetuser(
                "some",
                AclSetuserArgs.Builder.on()
                        .addPassword("secret")
                        .allKeys()
                        .allChannels()
                        .allCommands()
                        .removeCommand(CommandType.INFO)));
        Backplane backplane = connect(redis.uri().replace("//", "//some:secret@"));
        assertThat(await(backplane.subscribe(topic, listener)).offset()).isZero();
        Position first = publish(backplane, "a");
        assertThat(publish(backplane, "b")).isEqualTo(first.next());
        listener.awaitPublications(2);
        assertThat(redis.<String>ask(commands -> commands.hget("fanwire:t:{" + topic + "}", "r")))
                .isEmpty();
    }

    @Test
    void aReplicatedPublicationIsOnTheReplicaWhenItIsAcknowledged() {
        TestRedis master = part(TestRedis.master());
        TestRedis replica = part(TestRedis.replicaOf(master));
        Backplane backplane = connect(master.uri());
        Topic safe = new Topic("safe:topic");
        patiently().until(() -> succeeds(backplane.publish(safe, text("first"))));
        for (int i = 0; i < 100; i++) {
            Position position = await(backplane.publish(safe, text("m")));
            assertThat(offset(replica, safe)).isGreaterThanOrEqualTo(position.offset());
        }
        List<CompletionStage<Position>> stages = new java.util.ArrayList<>();
        for (int i = 0; i < 1_000; i++) stages.add(backplane.publish(safe, text("m")));
        stages.forEach(RedisFailoverTest::await);
    }

    @Test
    void withoutAReplicaAReplicatedPublicationFailsAndOthersDoNot() {
        TestRedis master = part(TestRedis.master());
        TestRedis replica = part(TestRedis.replicaOf(master));
        Backplane backplane = connect(master.uri());
        Topic safe = new Topic("safe:topic");
        patiently().until(() -> succeeds(backplane.publish(safe, text("first"))));
        replica.kill();
        OutgoingPublication keyed = new OutgoingPublication("once".getBytes(UTF_8), "key");
        assertThat(kindOf(backplane.publish(safe, keyed))).isEqualTo(Kind.NOT_REPLICATED);
        publish(backplane, "not replicated");
        long before = offset(master, safe);
        replica.start();
        patiently().until(() -> succeeds(backplane.publish(safe, keyed)));
        assertThat(await(backplane.publish(safe, keyed)).offset()).isEqualTo(before);
        assertThat(offset(replica, safe)).isEqualTo(before);
    }

    @Test
    void aRedisThatLacksReplicasIsUnavailableUntilItHasThem() {
        TestRedis redis = part(TestRedis.persistent());
        Backplane backplane = connect(redis.uri());
        publish(backplane, "before");
        redis.tell(commands -> commands.configSet("min-replicas-to-write", "1"));
        assertThat(kindOf(backplane.publish(topic, text("refused")))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kindOf(backplane.subscribe(topic, listener))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(backplane.trouble()).contains("NOREPLICAS");
        redis.tell(commands -> commands.configSet("min-replicas-to-write", "0"));
        patiently().until(() -> succeeds(backplane.publish(topic, text("after"))));
        assertThat(backplane.trouble()).isEmpty();
    }

    @Test
    void aRedisThatBecameAReplicaIsLeftForTheOneAtItsAddress() {
        TestRedis before = part(TestRedis.persistent());
        TestRedis after = part(TestRedis.replicaOf(before));
        TcpProxy address = part(new TcpProxy(before.port()));
        Backplane backplane = connect(address.uri());
        publish(backplane, "before");
        awaitOffset(after, "1");
        after.tell(commands -> commands.replicaofNoOne());
        address.leadTo(after.port());
        before.tell(commands -> commands.replicaof("127.0.0.1", after.port()));
        patiently().until(() -> succeeds(backplane.publish(topic, text("after"))));
    }

    @Test
    void aVersionThatIsTooOldIsToldFromOthers() {
        assertThat(List.of("5.0.14", "6.0.20", "6.0")).allMatch(CommandLink::isTooOld);
        assertThat(List.of("6.2.6", "7.0.15", "10.0.0", "", "valkey")).noneMatch(CommandLink::isTooOld);
    }

    private Backplane connect(String uri) {
        RedisConfig config = TestRedisConfig.of(uri)
                .keenToConnect()
                .commandTimeout(Duration.ofSeconds(3))
                .build();
        return part(RedisBackplane.connect(
                config,
                TestNamespaces.of(TestNamespaces.history("failover", 100_000), TestNamespaces.replicated("safe")),
                meters));
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private Position publish(Backplane backplane, String body) {
        return await(backplane.publish(topic, text(body)));
    }

    private void awaitOffset(TestRedis redis, String offset) {
        patiently()
                .until(() ->
                        offset.equals(redis.<String>ask(commands -> commands.hget("fanwire:t:{" + topic + "}", "o"))));
    }

    private static long offset(TestRedis redis, Topic topic) {
        return Long.parseLong(redis.<String>ask(commands -> commands.hget("fanwire:t:{" + topic + "}", "o")));
    }

    private static void awaitMore(Account account) {
        int before = account.acknowledged();
        patiently().until(() -> account.acknowledged() > before + 1_000);
    }

    private static boolean succeeds(CompletionStage<?> stage) {
        return await(stage.handle((value, failure) -> failure == null));
    }

    private static Kind kindOf(CompletionStage<Position> stage) {
        Throwable failure = await(stage.handle((position, e) -> BackplaneException.unwrap(e)));
        return ((BackplaneException) failure).kind();
    }

    private static OutgoingPublication text(String body) {
        return new OutgoingPublication(body.getBytes(UTF_8), "");
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, SECONDS).join();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
