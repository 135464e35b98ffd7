package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(10);

    @Test
    void staysBelowABoundThatDoubles() {
        for (int seed = 0; seed < 200; seed++) {
            Backoff backoff = new Backoff(MIN, MAX, new Random(seed));
            long boundMillis = 100;
            for (int i = 0; i < 20; i++) {
                assertThat(backoff.next()).isBetween(Duration.ZERO, Duration.ofMillis(boundMillis));
                boundMillis = Math.min(10_000, 2 * boundMillis);
            }
        }
    }

    @Test
    void usesTheWholeRange() {
        Random random = new Random(1);
        long below = 0;
        for (int i = 0; i < 1_000; i++) {
            if (new Backoff(MIN, MAX, random).next().toMillis() < 50) below++;
        }
        assertThat(below).isBetween(400L, 600L);
    }

    @Test
    void theSameSeedWaitsTheSame() {
        Backoff one = new Backoff(MIN, MAX, new Random(42));
        Backoff other = new Backoff(MIN, MAX, new Random(42));
        for (int i = 0; i < 10; i++) assertThat(one.next()).isEqualTo(other.next());
    }

    @Test
    void startsAgainAfterAReset() {
        Backoff backoff = new Backoff(MIN, MAX, new Random(3));
        for (int i = 0; i < 10; i++) backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(MIN);
    }

    @Test
    void survivesHugeBounds() {
        Backoff backoff = new Backoff(MIN, Duration.ofDays(100_000), new Random(4));
        for (int i = 0; i < 100; i++) assertThat(backoff.next()).isBetween(Duration.ZERO, Duration.ofDays(100_000));
    }
}
