package io.fanwire.node.topic;

import java.util.concurrent.atomic.AtomicLong;

/** What a lane delivered. Written by the lane only, hence the plain additions; read from any thread. */
public final class DeliveryStats {
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong subscriptions = new AtomicLong();

    void delivered(long publications, long size) {
        add(deliveries, publications);
        add(bytes, size);
        add(writes, 1);
    }

    void skipped() {
        add(gaps, 1);
    }

    void subscriptions(int change) {
        add(subscriptions, change);
    }

    /** Publications handed to subscribers. */
    public long deliveries() {
        return deliveries.get();
    }

    /** Bytes of topic logs handed to subscribers. */
    public long bytes() {
        return bytes.get();
    }

    /** Messages with publications that were handed to subscribers; each holds one or many. */
    public long writes() {
        return writes.get();
    }

    /** Gaps told to single subscribers that were too slow. */
    public long gaps() {
        return gaps.get();
    }

    public long subscriptions() {
        return subscriptions.get();
    }

    // One writer: a release store is enough, and costs no locked instruction on the delivery path.
    private static void add(AtomicLong counter, long change) {
        counter.setRelease(counter.getPlain() + change);
    }
}
