package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientOptionsTest {
    private static ClientOptions.Builder builder() {
        return ClientOptions.builder("ws://a:8080/ws");
    }

    private static void assertRefused(ClientOptions.Builder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void hasTheDefaultsItSays() {
        ClientOptions options = builder().build();
        assertThat(options.minBackoff()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.maxBackoff()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.heartbeatInterval()).isZero();
        assertThat(options.publishTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.maxPendingPublishes()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/ws", "/ws", "ws:///ws", "ws://a/ws#x"})
    void refusesAUrlThatIsNone(String url) {
        assertRefused(ClientOptions.builder(url), "must look like ws://host:8080/ws");
    }

    @Test
    void refusesNoUrl() {
        assertRefused(ClientOptions.builder(), "at least one node");
    }

    @Test
    void saysWhatToMend() {
        assertRefused(builder().connectTimeout(Duration.ZERO), "connectTimeout must be positive: PT0S");
        assertRefused(builder().publishTimeout(Duration.ofMinutes(3)), "publishTimeout must be at most PT2M");
        assertRefused(builder().backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)), "less than minBackoff");
        assertRefused(builder().heartbeat(Duration.ofSeconds(-1), Duration.ZERO), "heartbeatInterval must be between");
        assertRefused(builder().heartbeat(Duration.ZERO, Duration.ofHours(2)), "heartbeatTimeout must be between");
        assertRefused(builder().maxPendingPublishes(0), "at least 1: 0");
        assertRefused(builder().clientName("x".repeat(101)), "at most 100");
    }

    @Test
    void repeatsCommandsSoonerThanConnections() {
        assertThat(builder().build().minCommandBackoff()).isEqualTo(Duration.ofMillis(100));
        ClientOptions quick =
                builder().backoff(Duration.ofMillis(1), Duration.ofSeconds(1)).build();
        assertThat(quick.minCommandBackoff()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void doesNotShowTheToken() {
        assertThat(builder().token("secret").build().toString()).doesNotContain("secret");
    }
}
