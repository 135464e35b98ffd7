package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node that is asked for more than the 512 MiB of its container: it refuses, and is not killed. What sockets hold is on
 * the container's account only with control groups of version 2; so the tests ask what the node let them hold, too.
 */
class MemoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SILENT = 3_000;
    private static final long ROOM_FOR_CONNECTIONS = 9_830;
    private static final int ROOM_FOR_FULL_SOCKETS = 614;
    private static final int LARGEST_PAYLOAD = 65_536;
    private static final String CUT = "fanwire_connections_closed_total{reason=\"WRITE_TIMEOUT\"}";
    private static final String OVERLOADED = "fanwire_handshakes_refused_total{reason=\"OVERLOADED\"}";
    private PodNetwork network;

    @BeforeEach
    void startRedis() {
        network = PodNetwork.create();
        network.redis("--maxmemory", "192mb").awaitRedis("");
    }

    @AfterEach
    void removeAll() {
        if (network != null) network.close();
    }

    @Test
    void clientsThatReadNothingHoldNoMoreThanThereIsRoomFor() {
        // Else the write timeout would help, and this would not be seen. And said rather than left to the node: it goes
        // by
        // the container's usage, on which sockets are with version 2 only.
        Pod node = network.node(PodSpec.of("dev")
                        .with("FANWIRE_LIMITS_WRITE_TIMEOUT", "10m")
                        .with("FANWIRE_OVERLOAD_FULL_SOCKETS", Integer.toString(ROOM_FOR_FULL_SOCKETS)))
                .awaitReady();
        // Fewer where the system has fewer files for it.
        assertThat(node.metrics().get("fanwire_connections_max")).isBetween(SILENT + 20L, ROOM_FOR_CONNECTIONS);
        try (Crowd publishers = new Crowd(node.clientPort());
                Crowd silent = new Crowd(node.clientPort())) {
            List<String> topics =
                    IntStream.range(0, 20).mapToObj(i -> "k8s:" + i).toList();
            // Who publishes is sent nothing, and so never full, however slow this machine is.
            publishers.come(20, List.of("k8s:quiet"), true);
            await().atMost(PATIENCE).until(() -> publishers.subscribed() == 20);
            silent.come(SILENT, topics, false);
            await().atMost(PATIENCE).until(() -> node.metrics().get("fanwire_connections") == SILENT + 20);
            byte[] payload = new byte[LARGEST_PAYLOAD];
            await().atMost(PATIENCE).until(() -> {
                topics.forEach(topic -> publishers.publish(topic, payload));
                node.assertAlive();
                return node.metrics().get(CUT) >= SILENT - ROOM_FOR_FULL_SOCKETS;
            });
            // Who leaves nothing unread is not among them.
            assertThat(publishers.present()).isEqualTo(20);
            assertSurvived(node);
        }
    }

    @Test
    void aContainerThatIsAlmostFullTakesNobodyMoreUntilItHasRoomAgain() {
        PodSpec spec = PodSpec.of("dev").with(List.of("--tmpfs", "/fill:mode=1777,size=512m"));
        Pod node = network.node(spec).awaitReady();
        try (Crowd before = new Crowd(node.clientPort());
                Crowd newcomers = new Crowd(node.clientPort())) {
            before.come(100, List.of("k8s:before"), true);
            await().atMost(PATIENCE).until(() -> before.subscribed() == 100);
            fill(node, spec.memory());
            await().atMost(PATIENCE).until(() -> node.get("/readyz").body().startsWith("overloaded: memory at 9"));
            newcomers.come(50, List.of("k8s:before"), true);
            await().atMost(PATIENCE).until(() -> newcomers.settled() == 50);
            assertThat(newcomers.ends()).containsOnlyKeys("HTTP/1.1 503 Service Unavailable");
            assertThat(node.metrics().get(OVERLOADED)).isEqualTo(50);
            // Who is there is served as ever.
            before.publish("k8s:before", new byte[10]);
            await().atMost(PATIENCE).until(() -> before.received() == 100);
            node.exec("rm", "/fill/full");
            await().atMost(PATIENCE).until(() -> node.get("/readyz").isGood());
            assertSurvived(node);
        }
    }

    /** With what is no cache that the kernel could take back, to 94 percent. */
    private static void fill(Pod node, long memory) {
        long missing = memory * (94 - node.metrics().get("fanwire_memory_used_percent")) / 100;
        node.exec("dd", "if=/dev/zero", "of=/fill/full", "bs=65536", "count=" + missing / 65_536);
    }

    private static void assertSurvived(Pod node) {
        assertThat(node.isRunning()).as(node::logs).isTrue();
        assertThat(node.isOomKilled()).isFalse();
        node.assertAlive();
        Conversation.isHeard(node.url());
    }
}
