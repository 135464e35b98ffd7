package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a real node makes of bad clients. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadClientsIT {
    private static final List<String> TOPICS = List.of("chaos:1", "chaos:2");
    private static final byte[] PAYLOAD = new byte[16 << 10];
    // More than the log, the sockets and ten seconds of slow reading can hold.
    private static final int PUBLICATIONS = 600;

    private NodeProcess node;

    @BeforeAll
    void startNode() {
        node = NodeProcess.launch(NodeSpec.onFreePorts()
                .with("FANWIRE_HEARTBEAT_INTERVAL", "1s")
                .with("FANWIRE_HEARTBEAT_TIMEOUT", "1s")
                .with("FANWIRE_TOPICS_LOG_BYTES", "262144"));
    }

    @AfterAll
    void stopNode() {
        node.close();
    }

    @Test
    void halfOpenOnesAreClosedAndSlowOnesAreToldWhatTheyMissed() throws Exception {
        try (BadClients clients = new BadClients(List.of(node.url()), TOPICS)) {
            clients.join(step(new Deed.SlowSubscribers(2, 1_000)), new Deed.SlowSubscribers(2, 1_000));
            clients.join(step(new Deed.HalfOpen(3)), new Deed.HalfOpen(3));
            await().until(() -> node.metrics().get("fanwire_subscriptions") == 5L * TOPICS.size());
            await().until(() -> node.metrics().get("fanwire_connections") == 2);
            publish();
            BadClients.Fate fate = clients.end();
            assertThat(fate.complaints()).isEmpty();
            assertThat(fate.remarks()).hasSize(2);
            assertThat(fate.remarks().get(0))
                    .startsWith("at 1s 2 slow subscribers: 0 closed, 2 still connected; they got ")
                    .doesNotEndWith(" missed 0");
            assertThat(fate.remarks().get(1))
                    .startsWith("at 1s 3 half-open clients: 3 closed (4000 no heartbeat from the client × 3),"
                            + " 0 still connected; they got 0 publications");
        }
    }

    @Test
    void neverReadersStayAliveUntilTheirTimeIsOver() throws Exception {
        try (BadClients clients = new BadClients(List.of(node.url()), TOPICS)) {
            // Longer than the interval and the timeout of the node's heartbeats.
            Deed.NeverReaders deed = new Deed.NeverReaders(2, Duration.ofSeconds(8));
            clients.join(step(deed), deed);
            await().until(() -> node.metrics().get("fanwire_subscriptions") == 2L * TOPICS.size());
            await().atMost(Duration.ofSeconds(30)).until(() -> node.metrics().get("fanwire_connections") == 0);
            assertThat(clients.end().remarks())
                    .singleElement()
                    .asString()
                    .startsWith("at 1s 2 never-reading subscribers for 8s: 2 closed (left by itself × 2)");
        }
    }

    @Test
    void thoseWhoNeverGetInAreTold() throws InterruptedException {
        try (BadClients clients = new BadClients(List.of(URI.create("ws://localhost:1/ws")), TOPICS)) {
            clients.join(step(new Deed.HalfOpen(2)), new Deed.HalfOpen(2));
            assertThat(clients.end().remarks())
                    .singleElement()
                    .asString()
                    .contains(" 0 closed, 0 still connected, 2 never got in (Connection refused × 2); ");
        }
    }

    @Test
    void aUrlWithoutAPathMeansTheRoot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                BadClients clients =
                        new BadClients(List.of(URI.create("ws://127.0.0.1:" + server.getLocalPort())), TOPICS)) {
            clients.join(step(new Deed.HalfOpen(1)), new Deed.HalfOpen(1));
            try (Socket accepted = server.accept()) {
                var request =
                        new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(request.readLine()).isEqualTo("GET / HTTP/1.1");
            }
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        try (BadClients clients = new BadClients(List.of(URI.create("ws://no-such-host.invalid/ws")), TOPICS)) {
            assertThatThrownBy(() -> clients.join(step(new Deed.HalfOpen(2)), new Deed.HalfOpen(2)))
                    .isInstanceOf(ScenarioException.class)
                    .hasMessage("there is no host no-such-host.invalid");
        }
    }

    private void publish() throws Exception {
        try (FanwireClient publisher = FanwireClient.connect(
                ClientOptions.builder(node.url().toString()).build())) {
            for (int i = 0; i < PUBLICATIONS; i++)
                publisher.publish("chaos:1", PAYLOAD).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static Step step(Deed deed) {
        return new Step(1, Duration.ofSeconds(1), deed);
    }
}
