package io.fanwire.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random time between nothing and a bound that doubles from {@code min} to
 * {@code max}. See Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: of the ways to jitter
 * this one spreads a crowd best, for the least work. Owned by the loop.
 */
final class Backoff {
    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long boundNanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.boundNanos = minNanos;
    }

    /** How long to wait now; the next call's bound is twice as high. */
    Duration next() {
        Duration wait = Duration.ofNanos(random.nextLong(boundNanos + 1));
        boundNanos = boundNanos > maxNanos / 2 ? maxNanos : boundNanos * 2;
        return wait;
    }

    /** How long to wait before a refused command is repeated: no less than the node asks for, and the jitter on top. */
    Duration next(FanwireException refusal) {
        return refusal.retryAfter().plus(next());
    }

    /** Starts at {@code min} again: it worked. */
    void reset() {
        boundNanos = minNanos;
    }
}
