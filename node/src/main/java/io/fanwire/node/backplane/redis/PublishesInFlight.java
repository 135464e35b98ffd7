package io.fanwire.node.backplane.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The publishes that wait for Redis' answer: so many, and so many bytes, at most. Thread-safe. */
final class PublishesInFlight {
    private final int maxCount;
    private final long maxBytes;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    PublishesInFlight(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** Takes a place; {@link #leave} gives it back. */
    boolean enter(int size) {
        // Both are counted first: two that come at the same time may both be refused, never both be let in.
        boolean fits = count.incrementAndGet() <= maxCount & bytes.addAndGet(size) <= maxBytes;
        if (!fits) leave(size);
        return fits;
    }

    void leave(int size) {
        count.decrementAndGet();
        bytes.addAndGet(-size);
    }

    int count() {
        return count.get();
    }

    long bytes() {
        return bytes.get();
    }
}
