package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-10-21T07:27:50Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5                             | PT5S
            0                             | PT0S
            86400                         | PT1M
            Wed, 21 Oct 2026 07:28:00 GMT | PT10S
            Wed, 21 Oct 2026 07:27:00 GMT | PT0S
            Thu, 22 Oct 2026 07:28:00 GMT | PT1M
            """)
    void understandsSecondsAndDatesUpToAMinute(String header, Duration expected) throws Exception {
        assertThat(RetryAfter.of(refusedWith(header), NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5 minutes", "99999999999999999999", "-1"})
    void ignoresWhatNobodyUnderstands(String header) throws Exception {
        assertThat(RetryAfter.of(refusedWith(header), NOW)).isNull();
    }

    @Test
    void readsTheProtocolsNumberUnsignedAndBounded() {
        assertThat(RetryAfter.millis(250)).isEqualTo(Duration.ofMillis(250));
        assertThat(RetryAfter.millis(-1)).isEqualTo(RetryAfter.MOST);
    }

    private static HttpResponse<?> refusedWith(String retryAfter) throws Exception {
        try (ScriptedNode node = ScriptedNode.start()) {
            node.refuseWithStatus = 503;
            node.retryAfter = retryAfter;
            var opening = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(node.url(), new WebSocket.Listener() {});
            return ((WebSocketHandshakeException) ClientFixture.failure(opening)).getResponse();
        }
    }
}
