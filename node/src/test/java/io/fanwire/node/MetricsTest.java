package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.protocol.v1.Event;
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
}
