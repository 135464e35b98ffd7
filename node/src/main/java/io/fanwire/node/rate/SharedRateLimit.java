package io.fanwire.node.rate;

import java.util.concurrent.atomic.AtomicLong;

/** Holds to a {@link Rate} what happens on many threads. Takes no lock. */
public final class SharedRateLimit {
    private final Rate rate;
    private final AtomicLong due;

    public SharedRateLimit(Rate rate, long now) {
        this.rate = rate;
        this.due = new AtomicLong(now);
    }

    /** As {@link RateLimit#take}. Any thread. */
    public long take(long now) {
        while (true) {
            long known = due.get();
            long wait = rate.wait(known, now);
            if (wait > 0) return wait;
            if (due.compareAndSet(known, rate.next(known, now))) return 0;
        }
    }
}
