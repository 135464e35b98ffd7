package io.fanwire.node.rate;

/** Holds what happens to a {@link Rate}. Owned by one thread; {@link SharedRateLimit} is for many. */
public final class RateLimit {
    private final Rate rate;
    private long due;

    public RateLimit(Rate rate, long now) {
        this.rate = rate;
        this.due = now;
    }

    /**
     * Takes one, if there is one.
     *
     * @return 0, or in how many nanoseconds there will be one
     */
    public long take(long now) {
        long wait = rate.wait(due, now);
        if (wait > 0) return wait;
        due = rate.next(due, now);
        return 0;
    }
}
