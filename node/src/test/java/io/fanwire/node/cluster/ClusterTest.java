package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.FanwireClient;
import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.node.RawClient;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Reply;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster = new Cluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyPublicationReachesEverySubscriberOnEveryNodeOnceAndInOrder() {
        List<String> topics = List.of("cluster:a", "cluster:b");
        List<Received> subscribers = new ArrayList<>();
        for (int node = 0; node < Cluster.NODES; node++) {
            for (int i = 0; i < 2; i++) {
                FanwireClient client = cluster.client(node);
                for (String topic : topics) subscribers.add(Received.by(client, topic));
            }
        }

        Map<String, Map<Position, String>> published = publishFromEveryNode(topics, 300);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscribers)
                        .allSatisfy(each -> assertThat(each.messages()).hasSize(900)));
        for (Received each : subscribers) {
            Map<Position, String> expected = published.get(each.subscription().topic());
            assertThat(each.messages()).extracting(Message::position).containsExactlyElementsOf(expected.keySet());
            assertThat(each.texts()).containsExactlyElementsOf(expected.values());
            assertThat(each.gaps()).isEmpty();
        }
    }

    @Test
    void aPublisherSeesItsOwnMessagesInTheOrderOfItsCalls() {
        Received received = Received.by(cluster.client(0), "cluster:order");
        FanwireClient publisher = cluster.client(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            texts.add("m" + i);
            publisher.publish("cluster:order", "m" + i);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received.texts()).isEqualTo(texts));
    }

    @Test
    void unsubscribeStopsIt() {
        Received leaving = Received.by(cluster.client(0), "cluster:leave");
        Received staying = Received.by(cluster.client(0), "cluster:leave");
        FanwireClient publisher = cluster.client(1);
        join(publisher.publish("cluster:leave", "both"));
        await().atMost(PATIENCE).until(() -> leaving.texts().size() == 1);

        join(leaving.subscription().unsubscribe());
        join(publisher.publish("cluster:leave", "one"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(staying.texts()).containsExactly("both", "one"));
        assertThat(leaving.texts()).containsExactly("both");
    }

    @Test
    void aTopicWithoutSubscribersOnANodeCostsItNoRedisSubscription() {
        Received received = Received.by(cluster.client(0), "cluster:where");
        join(cluster.client(1).publish("cluster:where", "hi"));
        await().atMost(PATIENCE).until(() -> received.texts().size() == 1);

        assertThat(cluster.node(0).metric("fanwire_topics")).isEqualTo(1);
        assertThat(cluster.node(1).metric("fanwire_topics")).isZero();
        assertThat(redisSubscribers("cluster:where")).isEqualTo(1);
        assertThat(cluster.node(1).metric("fanwire_publications_received_total"))
                .isZero();

        join(received.subscription().unsubscribe());
        await().atMost(PATIENCE).until(() -> redisSubscribers("cluster:where") == 0);
        assertThat(cluster.node(0).metric("fanwire_topics")).isZero();
    }

    @Test
    void leavingAndComingBackAtOnceKeepsTheRedisSubscription() {
        FanwireClient client = cluster.client(0);
        Received first = Received.by(client, "cluster:reload");
        join(first.subscription().unsubscribe());
        Received second = Received.by(client, "cluster:reload");
        join(cluster.client(1).publish("cluster:reload", "after the reload"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(second.texts()).containsExactly("after the reload"));
    }

    @Test
    void aNodeThatLeavesDoesNotDisturbTheOthersClients() {
        Received here = Received.by(cluster.client(0), "cluster:leaver");
        Received there = Received.by(cluster.client(2), "cluster:leaver");
        FanwireClient publisher = cluster.client(0);
        join(publisher.publish("cluster:leaver", "before"));

        cluster.node(2).close();
        join(publisher.publish("cluster:leaver", "after"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(here.texts()).containsExactly("before", "after"));
        assertThat(here.gaps()).isEmpty();
        assertThat(there.texts()).doesNotContain("after");
    }

    @Test
    void redisRestartsUnderLoadAndTrafficGoesOnByItself() {
        List<Received> subscribers = new ArrayList<>();
        for (int node = 0; node < Cluster.NODES; node++)
            subscribers.add(Received.by(cluster.client(node), "cluster:restart"));
        FanwireClient publisher = cluster.client(1);
        List<CompletionStage<Position>> published = new ArrayList<>();
        for (int i = 0; i < 200; i++) published.add(publisher.publish("cluster:restart", "before " + i));

        cluster.redis().kill();
        for (int i = 0; i < 200; i++) published.add(publisher.publish("cluster:restart", "during " + i));
        cluster.redis().start();
        join(publisher.publish("cluster:restart", "last"));

        for (CompletionStage<Position> each : published) join(each);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscribers)
                        .allSatisfy(each -> assertThat(each.texts()).endsWith("last")));
        for (Received each : subscribers) {
            assertThat(each.messages()).extracting(Message::position).doesNotHaveDuplicates();
            // Redis came back empty: that this is a new beginning is told, not left to be found out.
            assertThat(each.gaps()).extracting(GapInfo::reason).contains(GapInfo.Reason.EPOCH_CHANGED);
            assertThat(each.texts()).containsAll(duringTexts());
        }
    }

    @Test
    void aPublishFailsAtOnceWhileRedisIsAwayAndConnectionsStay() {
        try (RawClient client = RawClient.connect(cluster.node(0).port())) {
            client.subscribe(2, "cluster:away");
            cluster.redis().kill();
            await().atMost(PATIENCE).until(() -> cluster.node(0).metric("fanwire_backplane_up") == 0);

            long start = System.nanoTime();
            Reply reply = client.publish(3, "cluster:away", "hi");
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(reply.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE);
            assertThat(reply.getError().getRetryable()).isTrue();
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(client.subscribe(4, "cluster:new").getError().getRetryable())
                    .isTrue();
            assertThat(cluster.node(0).admin("/readyz").statusCode()).isEqualTo(200);
            assertThat(cluster.node(0).admin("/readyz").body()).contains("ready, but Redis: not connected");

            cluster.redis().start();
            await().atMost(PATIENCE).until(() -> cluster.node(0).metric("fanwire_backplane_up") == 1);
            assertThat(client.publish(5, "cluster:away", "again").hasPublished())
                    .isTrue();
            // The subscriptions may not be restored yet; then that one is told as missing, and the next one comes.
            client.await(event -> event.getPublication().getText().equals("again") || event.hasGap());
            assertThat(client.publish(6, "cluster:away", "and again").hasPublished())
                    .isTrue();
            client.await(event -> event.getPublication().getText().equals("and again"));
        }
    }

    @Test
    void aPausedRedisMakesPublishesFailInTimeRatherThanHang() {
        try (RawClient client = RawClient.connect(cluster.node(0).port())) {
            cluster.redis().pause();
            long start = System.nanoTime();
            Reply reply = client.publish(3, "cluster:paused", "hi");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            cluster.redis().resume();

            assertThat(reply.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE);
            // The command timeout of this cluster is one second.
            assertThat(took).isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
        }
    }

    private static List<String> duringTexts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) texts.add("during " + i);
        return texts;
    }

    private Map<String, Map<Position, String>> publishFromEveryNode(List<String> topics, int each) {
        Map<String, Map<Position, String>> published = new TreeMap<>();
        Map<CompletableFuture<Position>, String[]> pending = new java.util.LinkedHashMap<>();
        for (String topic : topics) {
            published.put(topic, new TreeMap<>(java.util.Comparator.comparingLong(Position::offset)));
            for (int node = 0; node < Cluster.NODES; node++) {
                FanwireClient client = cluster.client(node);
                for (int i = 0; i < each; i++) {
                    String text = topic + " from " + node + " number " + i;
                    pending.put(client.publish(topic, text).toCompletableFuture(), new String[] {topic, text});
                }
            }
        }
        pending.forEach((position, what) -> published.get(what[0]).put(join(position), what[1]));
        return published;
    }

    private long redisSubscribers(String topic) {
        RedisClient redis = RedisClient.create(cluster.redis().uri());
        try (redis;
                StatefulRedisConnection<String, String> connection = redis.connect()) {
            return connection.sync().pubsubChannels("*" + topic + "*").stream()
                    .mapToLong(
                            channel -> connection.sync().pubsubNumsub(channel).get(channel))
                    .sum();
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
