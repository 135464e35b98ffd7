package io.fanwire.node.session;

import io.fanwire.harness.LiveHeap;
import io.fanwire.node.rate.Rate;
import io.fanwire.node.rate.RateLimit;
import io.fanwire.node.rate.SharedRateLimit;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.function.IntFunction;

/** Prints how many bytes of heap a rate limiter takes: this project's, and resilience4j's with a shared configuration. */
public final class RateLimitMemory {
    private static final int COUNT = 100_000;

    private RateLimitMemory() {}

    public static void main(String[] args) {
        Rate rate = Rate.perSecond(100, Duration.ofSeconds(1));
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(100)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        print("RateLimit", i -> new RateLimit(rate, i));
        print("SharedRateLimit", i -> new SharedRateLimit(rate, i));
        print("AtomicRateLimiter", i -> {
            AtomicRateLimiter limiter = new AtomicRateLimiter("session", config);
            limiter.acquirePermission();
            return limiter;
        });
    }

    private static void print(String name, IntFunction<Object> make) {
        Object[] kept = new Object[COUNT];
        long before = liveBytes();
        for (int i = 0; i < COUNT; i++) kept[i] = make.apply(i);
        long bytes = liveBytes() - before;
        Reference.reachabilityFence(kept);
        System.out.printf("%s: %d bytes%n", name, Math.round((double) bytes / COUNT));
    }

    private static long liveBytes() {
        return LiveHeap.of(ProcessHandle.current().pid()).bytes();
    }
}
