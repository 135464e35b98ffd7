package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.LiveHeap;
import io.fanwire.harness.Metrics;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What clients leave behind when they are gone: nothing. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoLeakIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 2_000;
    private static final int TOPICS_EACH = 10;
    // Of which the next client has some as well.
    private static final int TOPICS_AHEAD = 8;
    private static final byte[] PAYLOAD = new byte[256];
    private static final long TOLERANCE = 2 << 20;

    private RedisServer redis;
    private NodeProcess node;

    @BeforeAll
    void startNode() {
        redis = RedisServer.launchForTests();
        node = NodeProcess.launch(NodeSpec.onFreePorts().withRedis(redis.uri()));
    }

    @AfterAll
    void stopNode() {
        node.close();
        redis.close();
    }

    @Test
    void theHeapIsAfterwardsWhatItWasBefore() {
        // Loads classes, fills pools and grows tables to the size that they keep.
        comeAndGo(CLIENTS);
        comeAndGo(CLIENTS / 4);
        long before = LiveHeap.of(node.pid()).bytes();
        comeAndGo(CLIENTS);
        LiveHeap after = LiveHeap.of(node.pid());
        assertThat(after.bytes() - before)
                .as(() -> "bytes more than before; the heap now:\n" + String.join("\n", after.classes()))
                .isLessThan(TOLERANCE);
    }

    private void comeAndGo(int clients) {
        try (Listeners all = new Listeners(node.url())) {
            List<Listener> listeners = all.join(clients, i -> topicsOf(i, clients));
            List<Listener> stuck = every(10, listeners);
            stuck.forEach(each -> each.setReading(false));
            for (int i = 0; i < topics(clients); i++) all.publish("leak:" + i, PAYLOAD);
            List<Listener> readers =
                    listeners.stream().filter(each -> !stuck.contains(each)).toList();
            await().atMost(PATIENCE).until(() -> readers.stream().allMatch(NoLeakIT::hasAll));
            assertThat(readers).extracting(Listener::fault).containsOnlyNulls();
            every(3, readers).forEach(Listener::leave);
            await().atMost(PATIENCE).until(() -> every(3, readers).stream().allMatch(each -> each.closed() != null));
            assertThat(all.defect()).isNull();
        }
        // The others were dropped without a word.
        await().atMost(PATIENCE).until(this::isEmpty);
    }

    private boolean isEmpty() {
        Metrics now = node.metrics();
        return now.get("fanwire_connections") == 0
                && now.get("fanwire_subscriptions") == 0
                && now.get("fanwire_topics") == 0
                && now.get("fanwire_log_bytes") == 0;
    }

    private static boolean hasAll(Listener listener) {
        return listener.received() == TOPICS_EACH;
    }

    private static int topics(int clients) {
        return clients * TOPICS_AHEAD;
    }

    private static List<String> topicsOf(int client, int clients) {
        return IntStream.range(0, TOPICS_EACH)
                .mapToObj(i -> "leak:" + (client * TOPICS_AHEAD + i) % topics(clients))
                .toList();
    }

    private static List<Listener> every(int step, List<Listener> listeners) {
        return IntStream.range(0, listeners.size())
                .filter(i -> i % step == 0)
                .mapToObj(listeners::get)
                .toList();
    }
}
