package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ComebackTest {
    private static final URI A = URI.create("ws://a/ws");
    private static final URI B = URI.create("ws://b/ws");
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(10);
    private static final Duration HINT = Duration.ofSeconds(7);

    private static Comeback comeback(int seed, URI... urls) {
        Random random = new Random(seed);
        return new Comeback(List.of(urls), new Backoff(MIN, MAX, random), random);
    }

    @Test
    void aGoodbyeIsKeptToTheMillisecond() {
        for (int seed = 0; seed < 50; seed++) {
            Comeback comeback = comeback(seed, A, B);
            URI left = comeback.first(0);
            Comeback.Attempt next = comeback.lost(HINT, true, 0);
            assertThat(next.in()).isEqualTo(HINT);
            assertThat(next.url()).isNotEqualTo(left);
        }
    }

    @Test
    void goodbyesDoNotCountAsFailures() {
        for (int seed = 0; seed < 50; seed++) {
            Comeback comeback = comeback(seed, A, B);
            for (int i = 0; i < 10; i++) comeback.lost(Duration.ZERO, true, 0);
            assertThat(comeback.lost(null, false, 0).in()).isLessThanOrEqualTo(MIN);
        }
    }

    @Test
    void aNodeThatTakesClientsOnlyToSendThemAwayIsNotHammered() {
        Comeback comeback = comeback(1, A);
        Duration sum = Duration.ZERO;
        for (int i = 0; i < 100; i++)
            sum = sum.plus(comeback.lost(Duration.ZERO, false, 0).in());
        assertThat(sum).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void aLostNodeIsLeftWithinTheShortestBackoff() {
        for (int seed = 0; seed < 50; seed++) {
            Comeback comeback = comeback(seed, A, B);
            for (int i = 0; i < 10; i++) comeback.refused(A, null, 0);
            assertThat(comeback.lost(null, true, 0).in()).isLessThanOrEqualTo(MIN);
        }
    }

    @Test
    void whoRefusesIsLeftAloneAndTheOtherTried() {
        for (int seed = 0; seed < 50; seed++) {
            Comeback comeback = comeback(seed, A, B);
            URI refuser = comeback.first(0);
            Comeback.Attempt next = comeback.refused(refuser, HINT, 0);
            assertThat(next.url()).isNotEqualTo(refuser);
            assertThat(next.in()).isLessThanOrEqualTo(MIN);
        }
    }

    @Test
    void theOnlyNodeIsTriedAfterTheTimeAndUpToAFifthMore() {
        Duration most = HINT.multipliedBy(6).dividedBy(5);
        for (int seed = 0; seed < 200; seed++) {
            Comeback comeback = comeback(seed, A);
            assertThat(comeback.refused(comeback.first(0), HINT, 0).in()).isBetween(HINT, most);
        }
    }
}
