package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client sees that is refused, and what an operator. */
class ConnectionLimitTest {
    @Test
    void aFullNodeSaysWhenToComeAgainUntilAClientHasLeft() {
        try (TestNode node = TestNode.start("FANWIRE_LIMITS_CONNECTIONS", "1")) {
            try (RawHandshake first = RawHandshake.send(node.port());
                    RawHandshake second = accepted(first, node)) {
                String head = second.head();
                assertThat(head).startsWith("HTTP/1.1 503 ").containsPattern("(?i)Retry-After: [1-5]\r\n");
                assertThat(head).containsIgnoringCase("Connection: close");
                assertThat(second.rest()).isEqualTo("this node has as many connections as it can\n");
                assertThat(refused(node, "NODE_FULL")).isEqualTo(1);
                assertThat(node.metric("fanwire_connections_max")).isEqualTo(1);
            }
            comesInAtLast(node);
        }
    }

    @Test
    void anAddressWithTooManyIsTold429() {
        try (TestNode node = TestNode.start("FANWIRE_LIMITS_CONNECTIONS_PER_ADDRESS", "1")) {
            try (RawHandshake first = RawHandshake.send(node.port());
                    RawHandshake second = accepted(first, node)) {
                assertThat(second.head()).startsWith("HTTP/1.1 429 ").containsPattern("(?i)Retry-After: [1-5]\r\n");
                assertThat(second.rest()).isEqualTo("your address has as many connections as it may\n");
                assertThat(refused(node, "ADDRESS_FULL")).isEqualTo(1);
            }
            comesInAtLast(node);
        }
    }

    @Test
    void handshakesBeyondTheRateAreRefused() {
        try (TestNode node = TestNode.start("FANWIRE_LIMITS_HANDSHAKE_RATE", "1")) {
            int refused = 0;
            // Each second lets another one in, however slow this test is; a hundred don't take so many.
            for (int i = 0; i < 100 && refused == 0; i++) {
                try (RawHandshake client = RawHandshake.send(node.port())) {
                    String head = client.head();
                    if (head.startsWith("HTTP/1.1 101 ")) continue;
                    refused++;
                    assertThat(head).startsWith("HTTP/1.1 503 ").containsPattern("(?i)Retry-After: [1-5]\r\n");
                    assertThat(client.rest()).isEqualTo("too many connect at once\n");
                }
            }
            assertThat(refused).isEqualTo(1);
            assertThat(refused(node, "TOO_MANY_HANDSHAKES")).isEqualTo(1);
        }
    }

    @Test
    void aHandshakeWhoseClientIsGoneLeavesNothingBehind() {
        try (TestNode node = TestNode.start()) {
            for (int i = 0; i < 200; i++) RawHandshake.send(node.port()).close();
            for (int i = 0; i < 200; i++) RawHandshake.connect(node.port()).close();
            nothingIsLeft(node);
        }
    }

    @Test
    void whatIsNoHandshakeIsAnsweredAndGone() {
        try (TestNode node = TestNode.start()) {
            List<RawHandshake> clients = IntStream.range(0, 20)
                    .mapToObj(i -> RawHandshake.connect(node.port()))
                    .toList();
            byte[] request =
                    ("POST /ws HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\nand never the rest")
                            .getBytes(StandardCharsets.US_ASCII);
            clients.forEach(client -> client.send(request));
            clients.forEach(client -> assertThat(client.status()).isEqualTo(426));
            clients.forEach(RawHandshake::close);
            nothingIsLeft(node);
        }
    }

    @Test
    void headersBeyondTheLimitAreTold431() {
        try (TestNode node = TestNode.start("FANWIRE_LIMITS_HEADER_BYTES", "1024");
                RawHandshake fits = RawHandshake.send(node.port(), "X-Long: " + "x".repeat(500));
                RawHandshake tooLong = RawHandshake.send(node.port(), "X-Long: " + "x".repeat(1_000))) {
            assertThat(fits.status()).isEqualTo(101);
            assertThat(tooLong.status()).isEqualTo(431);
            assertThat(tooLong.rest()).isEqualTo("your headers are too long\n");
            assertThat(refused(node, "HEADERS_TOO_LONG")).isEqualTo(1);
        }
    }

    @Test
    void garbageIsAnsweredInOneLineAndCounted() {
        try (TestNode node = TestNode.start();
                RawHandshake client = RawHandshake.connect(node.port())) {
            client.send("\u0016\u0003\u0001 hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.head()).startsWith("HTTP/1.1 400 ").containsIgnoringCase("Connection: close");
            assertThat(client.rest()).isEqualTo("Bad Request\n");
            assertThat(refused(node, "NO_HANDSHAKE")).isEqualTo(1);
        }
    }

    private static RawHandshake accepted(RawHandshake first, TestNode node) {
        assertThat(first.status()).isEqualTo(101);
        return RawHandshake.send(node.port());
    }

    private static void comesInAtLast(TestNode node) {
        await().until(() -> {
            try (RawHandshake client = RawHandshake.send(node.port())) {
                return client.status() == 101;
            }
        });
    }

    private static void nothingIsLeft(TestNode node) {
        await().untilAsserted(() -> {
            assertThat(node.metric("fanwire_sockets")).isZero();
            assertThat(node.metric("fanwire_handshakes_pending")).isZero();
            assertThat(node.metric("fanwire_connections")).isZero();
        });
        // The next ones come in as ever.
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) clients.add(RawClient.connect(node.port()));
        assertThat(node.metric("fanwire_sockets")).isEqualTo(5);
        clients.forEach(RawClient::close);
    }

    private static double refused(TestNode node, String reason) {
        return node.metric("fanwire_handshakes_refused_total{reason=\"" + reason + "\"}");
    }
}
