package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which address a client counts for, seen by the one connection that each may have. The tests are the proxy. */
class ForwardedAddressTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) open.get(i).close();
    }

    @Test
    void withoutAProxyHeadersAreNotBelieved() {
        TestNode node = node("none", "127.0.0.1");
        assertThat(status(node, "X-Forwarded-For: 203.0.113.1")).isEqualTo(101);
        assertThat(status(node, "X-Forwarded-For: 203.0.113.2")).isEqualTo(429);
    }

    @Test
    void aTrustedProxyTellsTheClient() {
        TestNode node = node("x-forwarded-for", "127.0.0.0/8");
        assertThat(status(node, "X-Forwarded-For: 203.0.113.1")).isEqualTo(101);
        assertThat(status(node, "X-Forwarded-For: 203.0.113.2")).isEqualTo(101);
        assertThat(status(node, "X-Forwarded-For: 203.0.113.2")).isEqualTo(429);
    }

    @Test
    void addressesOfOneNetworkShareWhatAnIdentityMay() {
        TestNode node = TestNode.start(
                "FANWIRE_PROXY_ADDRESS_FROM", "x-forwarded-for",
                "FANWIRE_PROXY_TRUSTED", "127.0.0.0/8",
                "FANWIRE_LIMITS_IDENTITY_PUBLISH_RATE", "1");
        open.add(node);
        int addresses = 20;
        long start = System.nanoTime();
        long taken = IntStream.range(0, addresses)
                .filter(i -> mayPublish(node, "2001:db8::" + i))
                .count();
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(taken).isBetween(1L, seconds + 2);
        assertThat(mayPublish(node, "2001:db8:0:1::1")).isTrue();
    }

    @Test
    void aClientCannotForgeAnother() {
        TestNode node = node("x-forwarded-for", "127.0.0.0/8");
        assertThat(status(node, "X-Forwarded-For: 1.1.1.1, 203.0.113.1")).isEqualTo(101);
        assertThat(status(node, "X-Forwarded-For: 2.2.2.2, 203.0.113.1")).isEqualTo(429);
        assertThat(status(node, "X-Forwarded-For: 3.3.3.3", "X-Forwarded-For: 203.0.113.1"))
                .isEqualTo(429);
    }

    @Test
    void whoIsNoTrustedProxyIsNotBelieved() {
        TestNode node = node("x-forwarded-for", "10.0.0.0/8");
        assertThat(status(node, "X-Forwarded-For: 203.0.113.1")).isEqualTo(101);
        assertThat(status(node, "X-Forwarded-For: 203.0.113.2")).isEqualTo(429);
    }

    @Test
    void theHeaderOfRfc7239TellsTheClient() {
        TestNode node = node("forwarded", "127.0.0.1");
        assertThat(status(node, "Forwarded: for=1.1.1.1, for=203.0.113.1;proto=https"))
                .isEqualTo(101);
        assertThat(status(node, "Forwarded: for=\"203.0.113.1:4711\"")).isEqualTo(429);
        assertThat(status(node, "Forwarded: for=\"[2001:db8::1]\"")).isEqualTo(101);
    }

    @Test
    void theProxyProtocolTellsTheClient() {
        TestNode node = node("proxy-protocol", "127.0.0.1");
        assertThat(proxied(node, v1("203.0.113.1"))).isEqualTo(101);
        assertThat(proxied(node, v2(203, 0, 113, 2))).isEqualTo(101);
        assertThat(proxied(node, v2(203, 0, 113, 1))).isEqualTo(429);
        assertThat(proxied(node, v1("203.0.113.2"))).isEqualTo(429);
    }

    @Test
    void aConnectionThroughTheProxyProtocolIsServed() {
        TestNode node = node("proxy-protocol", "127.0.0.1");
        RawHandshake client = RawHandshake.connect(node.port());
        open.add(client);
        client.send(v1("203.0.113.1"));
        client.send(RawHandshake.request());
        assertThat(client.status()).isEqualTo(101);
        // A ping with an empty mask, and its pong.
        client.send(new byte[] {(byte) 0x89, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'});
        assertThat(client.bytes(4)).isEqualTo(new byte[] {(byte) 0x8A, 2, 'h', 'i'});
    }

    @Test
    void aConnectionWithoutTheProxyProtocolIsCut() {
        TestNode node = node("proxy-protocol", "127.0.0.1");
        try (RawHandshake client = RawHandshake.send(node.port())) {
            assertThat(client.isCut()).isTrue();
        }
    }

    @Test
    void whoIsNoTrustedProxyMayNotSpeakTheProxyProtocol() {
        TestNode node = node("proxy-protocol", "10.0.0.0/8");
        try (RawHandshake client = RawHandshake.connect(node.port())) {
            assertThat(client.isCut()).isTrue();
        }
        assertThat(node.metric("fanwire_connections_refused_total{reason=\"UNTRUSTED_PROXY\"}"))
                .isEqualTo(1);
    }

    private boolean mayPublish(TestNode node, String address) {
        RawClient client = RawClient.connectFrom(address, node.port());
        open.add(client);
        return client.publish(2, "t", "hi").hasPublished();
    }

    private TestNode node(String source, String trusted) {
        TestNode node = TestNode.start(
                "FANWIRE_PROXY_ADDRESS_FROM", source,
                "FANWIRE_PROXY_TRUSTED", trusted,
                "FANWIRE_LIMITS_CONNECTIONS_PER_ADDRESS", "1");
        open.add(node);
        return node;
    }

    private int status(TestNode node, String... headers) {
        RawHandshake client = RawHandshake.send(node.port(), headers);
        open.add(client);
        return client.status();
    }

    private int proxied(TestNode node, byte[] header) {
        RawHandshake client = RawHandshake.connect(node.port());
        open.add(client);
        client.send(header);
        client.send(RawHandshake.request());
        return client.status();
    }

    private static byte[] v1(String address) {
        return ("PROXY TCP4 " + address + " 127.0.0.1 4711 8080\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** See the protocol's description, section 2.2: signature, version and command, family, length, addresses. */
    private static byte[] v2(int... address) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
        header.writeBytes(new byte[] {0x21, 0x11, 0, 12});
        for (int octet : address) header.write(octet);
        header.writeBytes(new byte[] {127, 0, 0, 1, 0x12, 0x67, 0x1F, (byte) 0x90});
        return header.toByteArray();
    }
}
