package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that the kernel stops for a part of every tenth of a second. */
class CpuIT {
    private static final int CLIENTS = 200;
    private static final int PUBLICATIONS = 2_000;

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "1"})
    void itServesAndStaysAliveUnderLoad(String cpus) {
        // Without the overlay's words about processors: what the JVM makes of the limit by itself.
        PodSpec spec = PodSpec.of("dev")
                .without("JDK_JAVA_OPTIONS")
                .without("FANWIRE_LANES")
                .with("FANWIRE_HEARTBEAT_INTERVAL", "5s")
                .with(List.of("--cpus", cpus));
        try (PodNetwork network = PodNetwork.create()) {
            network.redis().awaitRedis("");
            Pod node = network.node(spec).awaitReady();
            assertThat(node.metrics().get("system_cpu_count")).isEqualTo(1);
            assertThat(node.exec("sh", "-c", "cat /proc/1/task/*/comm").lines())
                    .filteredOn(name -> name.startsWith("lane-"))
                    .hasSize(1);
            try (Crowd crowd = new Crowd(node.clientPort())) {
                crowd.come(CLIENTS, List.of("t"), true);
                await().atMost(Duration.ofSeconds(60)).until(() -> crowd.subscribed() == CLIENTS);
                loadsWithoutAHitch(node, crowd);
            }
        }
    }

    private static void loadsWithoutAHitch(Pod node, Crowd crowd) {
        byte[] payload = new byte[512];
        IntStream.range(0, PUBLICATIONS).forEach(i -> crowd.publish("t", payload));
        long expected = (long) CLIENTS * PUBLICATIONS;
        await().atMost(Duration.ofSeconds(120)).until(() -> {
            node.assertAlive();
            return crowd.received() >= expected;
        });
        assertThat(crowd.received()).isEqualTo(expected);
        // Neither a heartbeat that came too late nor anything else cost one of them its connection.
        assertThat(crowd.ends()).isEmpty();
        assertThat(crowd.present()).isEqualTo(CLIENTS);
    }
}
