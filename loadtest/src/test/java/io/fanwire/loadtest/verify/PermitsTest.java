package io.fanwire.loadtest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PermitsTest {
    private final Permits permits = new Permits(3, 2);

    @Test
    void oneThatGetsNoAnswersLeavesItsTurnToTheNext() throws InterruptedException {
        assertThat(permits.acquire(1)).isEqualTo(1);
        assertThat(permits.acquire(1)).isEqualTo(1);
        assertThat(permits.acquire(1)).isEqualTo(2);
        permits.release(2);
        permits.release(1);
        assertThat(permits.acquire(1)).isEqualTo(1);
    }

    @Test
    void waitsWhileNobodyHasOneLeft() throws Exception {
        for (int i = 0; i < 6; i++) permits.acquire(i % 3);
        CompletableFuture<Integer> next = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                next.complete(permits.acquire(0));
            } catch (InterruptedException e) {
                next.completeExceptionally(e);
            }
        });
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) Thread.onSpinWait();
        permits.release(2);
        assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void allAreThereOnceEachWasGivenBack() throws InterruptedException {
        int client = permits.acquire(0);
        assertThat(permits.awaitAll(1)).isFalse();
        permits.release(client);
        assertThat(permits.awaitAll(1)).isTrue();
        assertThat(permits.awaitAll(1)).isTrue();
    }
}
