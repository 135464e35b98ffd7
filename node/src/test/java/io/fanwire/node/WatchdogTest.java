package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void whoDoesNotStopIsEnded() throws InterruptedException {
        long start = System.nanoTime();
        Watchdog.start(Duration.ofMillis(200), ended::countDown);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
}
