package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.node.NodeConfig;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstConnectionTest {
    private static final String LONG = "10m";

    private int attempts;

    @Test
    void triesAgainUntilRedisIsThere() {
        assertThat(await(LONG).open(() -> attempt(4))).isEqualTo("connected");
        assertThat(attempts).isEqualTo(4);
    }

    @Test
    void withoutATimeThereIsOneAttempt() {
        FirstConnection impatient = await("0s");
        assertThatThrownBy(() -> impatient.open(() -> attempt(2))).hasMessage("away, 1");
    }

    @Test
    void whenTheTimeIsUpTheLastFailureStands() {
        long start = System.nanoTime();
        FirstConnection patient = await("50ms");
        assertThatThrownBy(() -> patient.open(() -> attempt(Integer.MAX_VALUE)))
                .isInstanceOf(BackplaneException.class)
                .satisfies(e -> assertThat(e).hasMessage("away, " + attempts));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void whoWaitsTriesAgainAtLeastOnceThoughTheFirstAttemptTookAllTheTime() {
        FirstConnection patient = await("1ms");
        long start = System.nanoTime();
        while (System.nanoTime() - start < 2_000_000) Thread.onSpinWait();
        assertThat(patient.open(() -> attempt(2))).isEqualTo("connected");
    }

    @Test
    void whatSomebodyHasToMendIsNotWaitedFor() {
        FirstConnection patient = await(LONG);
        assertThatThrownBy(() -> patient.open(() -> refuse(new BackplaneException(Kind.FAILED, "wrong password"))))
                .hasMessage("wrong password");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aDefectIsNotWaitedFor() {
        FirstConnection patient = await(LONG);
        assertThatThrownBy(() -> patient.open(() -> refuse(new IllegalStateException("a defect"))))
                .hasMessage("a defect");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheWait() {
        FirstConnection patient = await(LONG);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patient.open(() -> attempt(Integer.MAX_VALUE))).hasMessage("away, 1");
        assertThat(Thread.interrupted()).isTrue();
    }

    private String attempt(int successful) {
        attempts++;
        if (attempts == successful) return "connected";
        throw new BackplaneException(Kind.UNAVAILABLE, "away, " + attempts);
    }

    private String refuse(RuntimeException failure) {
        attempts++;
        throw failure;
    }

    private static FirstConnection await(String timeout) {
        Map<String, String> settings = Map.of(
                "FANWIRE_REDIS_URI", "redis://host",
                "FANWIRE_REDIS_START_TIMEOUT", timeout,
                "FANWIRE_REDIS_MAX_RECONNECT_DELAY", "2ms");
        return new FirstConnection(NodeConfig.from(settings).redis().orElseThrow());
    }
}
