package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.RedisServer;
import io.fanwire.node.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the clients when nodes come and go, on a real Redis. */
class RebalanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 300;
    private static final String TOPIC = "rebalance:t";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer redis = open(RedisServer.launchForTests());

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) opened.get(i).close();
    }

    @Test
    void aNewNodeGetsItsShareAndNoPublicationIsLost() {
        // The third one's address is known before it runs: it is started, drained of nobody, and let in later.
        List<TestNode> nodes = IntStream.range(0, 3).mapToObj(this::node).toList();
        assertThat(nodes.get(2).admin("POST", "/api/drain").statusCode()).isEqualTo(202);
        String[] urls = nodes.stream().map(TestNode::url).toArray(String[]::new);
        List<Received> subscribers =
                clients(urls).stream().map(each -> Received.by(each, TOPIC)).toList();
        assertThat(nodes.get(2).metric("fanwire_connections")).isZero();

        nodes.get(2).admin("DELETE", "/api/drain");
        FanwireClient publisher = client(urls);
        List<String> texts = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            texts.add("m" + texts.size());
            join(publisher.publish(TOPIC, texts.get(texts.size() - 1)));
            return areEven(nodes);
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscribers)
                        .allSatisfy(each -> assertThat(each.texts()).containsExactlyElementsOf(texts)));
        assertThat(subscribers).allSatisfy(each -> assertThat(each.gaps()).isEmpty());
        assertThat(nodes.get(2).admin("/api/cluster").body())
                .contains("\"self\":\"node2\"", "\"current\":true", "\"id\":\"node0\"", "\"average\":");
    }

    @Test
    void aNodeThatStopsIsForgottenAtOnceByTheOthers() {
        TestNode staying = node(0);
        TestNode leaving = node(1);
        await().atMost(PATIENCE).until(() -> staying.metric("fanwire_cluster_members") == 2);
        leaving.close();
        await().atMost(PATIENCE).until(() -> staying.metric("fanwire_cluster_members") == 1);
    }

    @Test
    void aNodeThatDrainsSaysSo() {
        TestNode staying = node(0);
        TestNode draining = node(1);
        draining.admin("POST", "/api/drain");
        await().atMost(PATIENCE)
                .until(() -> staying.admin("/api/cluster").body().contains("\"draining\":true"));
        draining.admin("DELETE", "/api/drain");
        await().atMost(PATIENCE)
                .until(() -> !staying.admin("/api/cluster").body().contains("\"draining\":true"));
    }

    @Test
    void aNodeThatIsFullSaysSo() {
        TestNode full = node(0, "FANWIRE_LIMITS_CONNECTIONS", "1");
        await().atMost(PATIENCE).until(() -> full.admin("/api/cluster").body().contains("\"accepting\":true"));
        client(full.url());
        await().atMost(PATIENCE).until(() -> full.admin("/api/cluster").body().contains("\"accepting\":false"));
    }

    @Test
    void withoutRedisTheLastViewStaysUntilItsLeaseRunsOut() {
        TestNode node = node(0);
        await().atMost(PATIENCE).until(() -> node.metric("fanwire_cluster_members") == 1);
        redis.kill();
        await().atMost(PATIENCE).until(() -> node.metric("fanwire_cluster_members") == 0);
        assertThat(node.metric("fanwire_cluster_report_failures_total")).isPositive();
        assertThat(node.admin("/api/cluster").body()).contains("\"current\":false", "\"id\":\"node0\"");
        redis.start();
        await().atMost(PATIENCE).until(() -> node.metric("fanwire_cluster_members") == 1);
    }

    private static boolean areEven(List<TestNode> nodes) {
        // The publisher is one more. Within the tolerance, and the spread of who is on the way.
        return nodes.stream()
                .mapToDouble(node -> node.metric("fanwire_connections"))
                .allMatch(each -> each >= 75 && each <= 115);
    }

    private TestNode node(int number) {
        return node(number, "FANWIRE_LIMITS_CONNECTIONS", "0");
    }

    private TestNode node(int number, String variable, String value) {
        return open(TestNode.start(
                variable,
                value,
                "FANWIRE_REDIS_URI",
                redis.uri(),
                "FANWIRE_NODE_ID",
                "node" + number,
                "FANWIRE_REDIS_COMMAND_TIMEOUT",
                "1s",
                "FANWIRE_CLUSTER_REPORT_INTERVAL",
                "200ms",
                "FANWIRE_REBALANCE_PACE_PERCENT",
                "20"));
    }

    // All at once: who tries the node first that lets nobody in waits up to a second before he tries another.
    private List<FanwireClient> clients(String... urls) {
        List<FanwireClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) clients.add(begin(urls));
        clients.forEach(each -> join(each.ready()));
        return clients;
    }

    private FanwireClient client(String... urls) {
        FanwireClient client = begin(urls);
        join(client.ready());
        return client;
    }

    private FanwireClient begin(String... urls) {
        return open(FanwireClient.connect(ClientOptions.builder(urls).build()));
    }

    private <T extends AutoCloseable> T open(T what) {
        opened.add(what);
        return what;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
