package io.fanwire.node.rate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often something may happen, by the Generic Cell Rate Algorithm (ITU-T I.371): a token bucket whose whole state is
 * one time, the one at which the next would be due if they came evenly. One may come earlier than that, up to the tolerance.
 *
 * @param intervalNanos between two that come evenly
 * @param toleranceNanos how much too early one may come
 */
public record Rate(long intervalNanos, long toleranceNanos) {
    /** @param burst how much of it may come at once; one always may */
    public static Rate perSecond(int count, Duration burst) {
        long interval = Math.max(1, TimeUnit.SECONDS.toNanos(1) / count);
        return new Rate(interval, Math.max(0, burst.toNanos() - interval));
    }

    /** Nanoseconds until one may come; 0 or less: now. */
    long wait(long due, long now) {
        return due - now - toleranceNanos;
    }

    /** When the next is due after one that came now. */
    long next(long due, long now) {
        return (due - now > 0 ? due : now) + intervalNanos;
    }
}
