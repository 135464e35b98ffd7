package io.fanwire.node.topic;

import io.fanwire.protocol.v1.Gap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What a lane delivered. Written by the lane only, hence the plain additions; read from any thread. */
public final class DeliveryStats {
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong catchUps = new AtomicLong();
    private final AtomicLong[] gaps = counters(Gap.Reason.values().length - 1);
    private final AtomicLong[] starts = counters(Start.values().length);
    private final AtomicLong subscriptions = new AtomicLong();

    void delivered(long publications, long size) {
        add(deliveries, publications);
        add(bytes, size);
        add(writes, 1);
    }

    void told(Gap.Reason reason) {
        if (reason != Gap.Reason.REASON_EPOCH_CONTINUED) add(gaps[reason.getNumber()], 1);
    }

    void started(Start start) {
        add(starts[start.ordinal()], 1);
    }

    void catchUps(int change) {
        add(catchUps, change);
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

    /** Gaps told to single subscribers; those that a whole topic has are the backplane's. */
    public long gaps(Gap.Reason reason) {
        return gaps[reason.getNumber()].get();
    }

    /** Subscriptions that are read from the history now. */
    public long catchUps() {
        return catchUps.get();
    }

    /** Subscriptions that asked for an earlier point, by what became of it. */
    public long starts(Start start) {
        return starts[start.ordinal()].get();
    }

    public long subscriptions() {
        return subscriptions.get();
    }

    private static AtomicLong[] counters(int count) {
        return Stream.generate(AtomicLong::new).limit(count).toArray(AtomicLong[]::new);
    }

    // One writer: a release store is enough, and costs no locked instruction on the delivery path.
    private static void add(AtomicLong counter, long change) {
        counter.setRelease(counter.getPlain() + change);
    }

    /** Where a subscription that asked for an earlier point started. */
    public enum Start {
        /** There, out of the topic's log. */
        LOG,
        /** There, out of the history. */
        HISTORY,
        /** Elsewhere: the position asked for could not be gone on from. */
        LOST
    }
}
