package io.fanwire.node.admission;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many a second, of which one second's worth may come at once: a token bucket as one number, the time at which it is
 * full again (GCRA). Any thread; no lock, no timer.
 */
final class HandshakeRate {
    private static final long BURST = TimeUnit.SECONDS.toNanos(1);

    private final long cost;
    private final AtomicLong full;

    /** @param perSecond 0: no limit */
    HandshakeRate(int perSecond, long now) {
        cost = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        full = new AtomicLong(now);
    }

    /** @param now by the same clock as the constructor's */
    boolean tryTake(long now) {
        if (cost == 0) return true;
        while (true) {
            long before = full.get();
            long after = (before - now < 0 ? now : before) + cost;
            if (after - now > BURST) return false;
            if (full.compareAndSet(before, after)) return true;
        }
    }
}
