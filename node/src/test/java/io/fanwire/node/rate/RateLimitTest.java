package io.fanwire.node.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Rate TEN = Rate.perSecond(10, Duration.ofMillis(500));
    private static final long MILLI = 1_000_000;

    @Test
    void aBurstMayComeAtOnceAndThenTheRate() {
        RateLimit limit = new RateLimit(TEN, 0);
        assertThat(admitted(limit, 0, 20)).isEqualTo(5);
        assertThat(limit.take(99 * MILLI)).isEqualTo(MILLI);
        assertThat(limit.take(100 * MILLI)).isZero();
        assertThat(limit.take(100 * MILLI)).isEqualTo(100 * MILLI);
        // However long nothing came: no more than a burst is saved up.
        assertThat(admitted(limit, 3_600_000 * MILLI, 20)).isEqualTo(5);
    }

    @Test
    void theWaitThatItTellsIsTheTimeToTheNext() {
        RateLimit limit = new RateLimit(TEN, 0);
        long now = 0;
        for (int i = 0; i < 1_000; i++) {
            long wait = limit.take(now);
            assertThat(wait).isLessThanOrEqualTo(100 * MILLI);
            now += wait;
            if (wait > 0) assertThat(limit.take(now)).isZero();
        }
    }

    @Test
    void oneMayAlwaysComeHoweverShortTheBurst() {
        RateLimit limit = new RateLimit(Rate.perSecond(1, Duration.ofMillis(1)), 0);
        assertThat(limit.take(0)).isZero();
        assertThat(limit.take(0)).isEqualTo(1_000 * MILLI);
    }

    @Test
    void aClockThatStartsAnywhereAndWrapsIsFine() {
        RateLimit limit = new RateLimit(TEN, Long.MAX_VALUE - 50 * MILLI);
        assertThat(admitted(limit, Long.MAX_VALUE - 50 * MILLI, 20)).isEqualTo(5);
        assertThat(limit.take(Long.MAX_VALUE + 50 * MILLI)).isZero();
    }

    @Test
    void manyThreadsTogetherGetNoMoreThanOne() throws Exception {
        int threads = 4;
        SharedRateLimit limit = new SharedRateLimit(Rate.perSecond(1_000, Duration.ofSeconds(10)), 0);
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(pool.submit(() -> {
                    start.await();
                    int admitted = 0;
                    for (int j = 0; j < 5_000; j++) if (limit.take(0) == 0) admitted++;
                    return admitted;
                }));
            }
            int all = 0;
            for (Future<Integer> count : counts) all += count.get();
            assertThat(all).isEqualTo(10_000);
        } finally {
            pool.shutdown();
        }
    }

    private static int admitted(RateLimit limit, long now, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) if (limit.take(now) == 0) admitted++;
        return admitted;
    }
}
