package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fanwire.protocol.v1.Event;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators and clients see of a drain, on a node that goes on running. */
class DrainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) opened.get(i).close();
    }

    @Test
    void aNodeIsDrainedAndTakenIntoServiceAgain() {
        TestNode node = start("FANWIRE_DRAIN_DURATION", "200ms");
        RawClient client = connect(node);
        assertThat(node.admin("/api/drain").body()).contains("\"state\":\"serving\"");

        HttpResponse<String> begun = node.admin("POST", "/api/drain");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.body()).doesNotContain("serving");
        Event told = client.await(Event::hasDisconnect);
        assertThat(told.getDisconnect().getCode()).isEqualTo(1012);
        assertThat(told.getDisconnect().getRetryAfterMs()).isLessThan(1_000);
        assertThat(client.closeCode()).isEqualTo(1012);
        await().atMost(PATIENCE).until(() -> node.admin("/api/drain").body().contains("\"state\":\"drained\""));
        assertThat(node.admin("POST", "/api/drain").statusCode()).isEqualTo(202);
        assertThat(node.admin("/readyz").statusCode()).isEqualTo(503);
        assertThat(node.metric("fanwire_draining")).isEqualTo(1);
        assertThatThrownBy(() -> connect(node)).isInstanceOf(CompletionException.class);

        assertThat(node.admin("DELETE", "/api/drain").body()).contains("\"state\":\"serving\"");
        assertThat(node.admin("/readyz").statusCode()).isEqualTo(200);
        assertThat(node.metric("fanwire_draining")).isZero();
        assertThat(connect(node).subscribe(2, "t").hasSubscribed()).isTrue();
    }

    @Test
    void clientsStayUntilBalancersHaveTakenNotice() {
        TestNode node = start("FANWIRE_DRAIN_DELAY", "1h");
        RawClient client = connect(node);
        assertThat(node.admin("POST", "/api/drain").body()).contains("\"state\":\"delay\"", "\"connections\":1");

        assertThat(node.admin("/readyz").body()).isEqualTo("draining, 1 clients left\n");
        assertThat(client.publish(2, "t", "hi").hasPublished()).isTrue();
        assertThat(node.metric("fanwire_drain_left")).isEqualTo(1);
    }

    @Test
    void clientsThatAreLetInAgainInTimeStay() {
        TestNode node = start("FANWIRE_DRAIN_DELAY", "1h");
        RawClient client = connect(node);
        node.admin("POST", "/api/drain");
        node.admin("DELETE", "/api/drain");
        assertThat(client.publish(2, "t", "hi").hasPublished()).isTrue();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void whoHasNotSaidConnectIsClosedToo() {
        TestNode node = start();
        RawClient silent = RawClient.open(node.port());
        opened.add(silent);
        node.admin("POST", "/api/drain");
        assertThat(silent.closeCode()).isEqualTo(1012);
    }

    @Test
    void aCloseOfTheNodeWaitsForNoWave() {
        TestNode node = start("FANWIRE_DRAIN_DURATION", "1h", "FANWIRE_DRAIN_DELAY", "1h");
        RawClient client = connect(node);
        long start = System.nanoTime();
        node.close();
        assertThat(client.closeCode()).isEqualTo(1012);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void otherMethodsAreRefusedByName() {
        TestNode node = start();
        HttpResponse<String> put = node.admin("PUT", "/api/drain");
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("DELETE, GET, POST");
        assertThat(node.admin("POST", "/readyz").statusCode()).isEqualTo(405);
        assertThat(node.admin("POST", "/api/drain/now").statusCode()).isEqualTo(404);
    }

    @Test
    void aWebPageChangesNothing() {
        TestNode node = start("FANWIRE_DRAIN_DELAY", "1h");
        for (String origin : List.of("http://127.0.0.1:9090", "https://example.com", "null")) {
            HttpResponse<String> refused = node.adminFromPage(origin, "POST", "/api/drain");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).isEqualTo("not from a web page\n");
            assertThat(node.adminFromPage(origin, "DELETE", "/api/drain").statusCode())
                    .isEqualTo(403);
        }
        assertThat(node.adminFromPage("null", "GET", "/api/drain").body()).contains("\"state\":\"serving\"");
        assertThat(node.admin("POST", "/api/drain").statusCode()).isEqualTo(202);
    }

    private TestNode start(String... settings) {
        TestNode node = TestNode.start(settings);
        opened.add(node);
        return node;
    }

    private RawClient connect(TestNode node) {
        RawClient client = RawClient.connect(node.port());
        opened.add(client);
        return client;
    }
}
