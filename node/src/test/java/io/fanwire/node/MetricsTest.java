package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publish;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void countersGoOnAfterAGarbageCollection() {
        try (TestNode node = TestNode.start();
                RawClient client = RawClient.connect(node.port())) {
            client.subscribe(2, "metrics");
            client.publish(3, "metrics", "one");
            // Micrometer holds what it counts weakly.
            System.gc();
            client.publish(4, "metrics", "two");
            client.await(event -> event.getPublication().getText().equals("two"));

            assertThat(node.metric("fanwire_publications_sent_total")).isEqualTo(2);
            assertThat(node.metric("fanwire_publications_received_total")).isEqualTo(2);
            assertThat(node.metric("fanwire_deliveries_total")).isEqualTo(2);
            assertThat(node.metric("fanwire_delivered_bytes_total")).isPositive();
            assertThat(node.metric("fanwire_commands_total")).isEqualTo(4);
        }
    }

    @Test
    void gaugesFollowWhatIsThere() {
        try (TestNode node = TestNode.start()) {
            try (RawClient client = RawClient.connect(node.port())) {
                client.subscribe(2, "metrics");
                assertThat(node.metric("fanwire_connections")).isEqualTo(1);
                assertThat(node.metric("fanwire_subscriptions")).isEqualTo(1);
                assertThat(node.metric("fanwire_topics")).isEqualTo(1);
                client.publish(3, "metrics", "hi");
                client.await(Event::hasPublication);
                assertThat(node.metric("fanwire_log_bytes")).isPositive();
            }
            await().untilAsserted(() -> {
                assertThat(node.metric("fanwire_connections")).isZero();
                assertThat(node.metric("fanwire_topics")).isZero();
                assertThat(node.metric("fanwire_log_bytes")).isZero();
            });
        }
    }

    @Test
    void aClientThatDoesNotReadShows() {
        try (TestNode node = TestNode.start();
                DeafClient deaf = DeafClient.subscribe(node.port(), "metrics")) {
            deaf.fillUp(node);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(node.metric("fanwire_lag_subscriptions")).isEqualTo(1);
                assertThat(node.metric("fanwire_lag_sessions")).isEqualTo(1);
                assertThat(node.metric("fanwire_lag_publications_max")).isPositive();
                assertThat(node.metric("fanwire_lag_bytes")).isPositive();
                assertThat(node.metric("fanwire_lag_bytes_max")).isPositive();
            });
        }
    }

    @Test
    void whoIsCutForTheMemoryOfSocketsIsCounted() {
        try (TestNode node = TestNode.start("FANWIRE_LANES", "1", "FANWIRE_OVERLOAD_FULL_SOCKETS", "1");
                DeafClient first = DeafClient.subscribe(node.port(), "metrics")) {
            first.fillUp(node);
            await().atMost(Duration.ofSeconds(30)).until(() -> node.metric("fanwire_full_sockets") == 1);
            assertThat(node.metric("fanwire_full_sockets_cut_total")).isZero();
            fillAnother(node);
            assertThat(node.metric("fanwire_connections_closed_total{reason=\"WRITE_TIMEOUT\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatARateRefusesIsCounted() {
        try (TestNode node = TestNode.start(
                        "FANWIRE_LIMITS_COMMAND_RATE", "1000", "FANWIRE_LIMITS_IDENTITY_PUBLISH_RATE", "1");
                RawClient client = RawClient.connect(node.port())) {
            Publish publish =
                    Publish.newBuilder().setTopic("metrics").setText("hi").build();
            // In one frame: however slow this machine, no time passes between them.
            client.send(
                    RawClient.command(2).setPublish(publish),
                    RawClient.command(3).setPublish(publish));
            assertThat(client.reply(2).hasPublished()).isTrue();
            Error error = client.reply(3).getError();
            assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
            assertThat(error.getRetryAfterMs()).isBetween(1, 1_000);
            assertThat(node.metric("fanwire_rate_limited_total{rate=\"IDENTITY_PUBLISHES\"}"))
                    .isEqualTo(1);
            assertThat(node.metric("fanwire_rate_limited_total{rate=\"COMMANDS\"}"))
                    .isZero();
        }
    }

    /** Until the node has cut somebody for it. */
    private static void fillAnother(TestNode node) {
        try (DeafClient another = DeafClient.subscribe(node.port(), "metrics");
                RawClient publisher = RawClient.connect(node.port())) {
            await().until(() -> node.metric("fanwire_subscriptions") == 2);
            String text = "x".repeat(60_000);
            AtomicInteger id = new AtomicInteger(2);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                publisher.publish(id.getAndIncrement(), "metrics", text);
                return node.metric("fanwire_full_sockets_cut_total") == 1;
            });
            another.sayThatItIsThere();
        }
    }
}
