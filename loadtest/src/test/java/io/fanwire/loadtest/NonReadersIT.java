package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.Metrics;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Subscribers that never read cost what their sockets hold and one write; nobody else notices. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NonReadersIT {
    private static final String TOPIC = "it:stuck";
    private static final int LOG_BYTES = 256 << 10;
    private static final int BATCH = 8;
    private static final byte[] PAYLOAD = new byte[16 << 10];
    private static final int PUBLICATIONS = 256;
    // What may lie in the sockets of a connection that nobody reads: the machine's memory, though not the process'.
    private static final int MOST_IN_SOCKETS = (1 << 20) / PAYLOAD.length;

    private NodeProcess node;

    @BeforeAll
    void startNode() {
        node = NodeProcess.launch(NodeSpec.onFreePorts()
                .with("FANWIRE_TOPICS_LOG_BYTES", "" + LOG_BYTES)
                // Else they would be served from the history.
                .with("FANWIRE_NAMESPACES_DEFAULT_HISTORY_SIZE", "0"));
    }

    @AfterAll
    void stopNode() {
        node.close();
    }

    @Test
    void readersGetAllAndNonReadersAreToldWhatTheyMissed() {
        try (Listeners all = new Listeners(node.url())) {
            List<Listener> stuck = all.join(200, i -> List.of(TOPIC));
            stuck.forEach(each -> each.setReading(false));
            List<Listener> readers = all.join(50, i -> List.of(TOPIC));

            publishInStepWith(readers, all);
            assertThat(readers).allMatch(each -> each.received() == PUBLICATIONS && each.missed() == 0);
            assertThat(stuck).allMatch(each -> each.received() == 0 && each.closed() == null);

            stuck.forEach(each -> each.setReading(true));
            awaitPosition(stuck, PUBLICATIONS);
            all.publish(TOPIC, PAYLOAD);
            awaitPosition(stuck, PUBLICATIONS + 1);
            awaitPosition(readers, PUBLICATIONS + 1);

            assertThat(stuck).allMatch(each -> each.received() <= MOST_IN_SOCKETS);
            assertThat(stuck).allMatch(each -> each.received() + each.missed() == PUBLICATIONS + 1);
            assertThat(stuck).extracting(Listener::fault).containsOnlyNulls();
            assertThat(readers).extracting(Listener::fault).containsOnlyNulls();
            assertThat(all.defect()).isNull();
        }
        Metrics end = node.metrics();
        assertThat(end.get("fanwire_subscriber_gaps_total{reason=\"TOO_SLOW\"}"))
                .isGreaterThanOrEqualTo(200);
        assertThat(end.get("fanwire_lane_failures_total")).isZero();
    }

    // In step, because the log is as small as it may be: readers must not fall behind for being on a busy machine.
    private void publishInStepWith(List<Listener> readers, Listeners all) {
        for (int done = 0; done < PUBLICATIONS; done += BATCH) {
            for (int i = 0; i < BATCH; i++) all.publish(TOPIC, PAYLOAD);
            awaitPosition(readers, done + BATCH);
            assertThat(node.metrics().get("fanwire_log_bytes")).isBetween(1L, (long) LOG_BYTES);
        }
    }

    private static void awaitPosition(List<Listener> listeners, long offset) {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> listeners.stream().allMatch(each -> each.lastOffset() == offset));
    }
}
