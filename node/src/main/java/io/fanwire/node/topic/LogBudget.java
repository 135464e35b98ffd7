package io.fanwire.node.topic;

import io.fanwire.node.lane.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all topic logs of a node share, and who gives some back when it is used up: the segment with the most
 * time and room behind it. Any thread; its own state is guarded by its monitor.
 *
 * <p>A log holds its monitor when it calls {@link #add} and {@link #remove}, so this one comes second, always: nothing
 * here calls a log with it. {@link #enforce} takes the monitors of other logs, and must be called without any.
 */
final class LogBudget {
    // By size: from a quiet topic's first segment, each four times the last, to what no growth makes larger.
    private static final int SIZE_CLASSES = 6;

    private final SegmentQueue[] queues = new SegmentQueue[SIZE_CLASSES];
    private final long maxBytes;
    private final NanoClock clock;
    private volatile long bytes;
    private volatile long droppedBytes;
    private @Nullable Segment newest;

    LogBudget(long maxBytes, NanoClock clock) {
        this.maxBytes = maxBytes;
        this.clock = clock;
        for (int i = 0; i < SIZE_CLASSES; i++) queues[i] = new SegmentQueue();
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Of all segments that logs hold. */
    long bytes() {
        return bytes;
    }

    /** Of all segments that had to go because of this bound, since the start. */
    long droppedBytes() {
        return droppedBytes;
    }

    /**
     * A log has a new segment.
     *
     * @param full the one that was written before it, if any: its place in the queue is now known
     */
    synchronized void add(Segment segment, @Nullable Segment full) {
        if (full != null && full.queue != null) full.queue.moveToEnd(full);
        queues[sizeClass(segment.capacity())].add(segment);
        newest = segment;
        bytes += segment.capacity();
    }

    /** A log has dropped a segment. Does nothing if it was dropped from here before. */
    synchronized void remove(Segment segment) {
        if (segment.queue == null) return;
        segment.queue.remove(segment);
        bytes -= segment.capacity();
        if (newest == segment) newest = null;
    }

    /** Drops the least useful segments until the rest fits. Must be called without the monitor of a log. */
    void enforce() {
        while (bytes > maxBytes) {
            Segment least = takeLeastUseful();
            if (least == null) return;
            countDropped(least.log().dropThrough(least));
        }
    }

    private synchronized @Nullable Segment takeLeastUseful() {
        // Another thread may have made room meanwhile.
        Segment least = bytes > maxBytes ? leastUseful() : null;
        if (least != null) remove(least);
        return least;
    }

    /**
     * Of the oldest segment of each size the one to go. A byte is worth the time that it lets readers go back: a quiet
     * topic's segment holds half a minute in 256 bytes, a hot one's a millisecond in 64 KiB. But only the fresh ones
     * serve readers that are merely busy, of whatever topic. So neither size nor age decides alone: a segment may grow
     * twice as old as one of four times its size.
     */
    private @Nullable Segment leastUseful() {
        long now = clock.nanoTime();
        Segment least = null;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < SIZE_CLASSES; i++) {
            Segment oldest = queues[i].oldestBut(newest);
            if (oldest == null) continue;
            long weight = Math.max(0, now - oldest.queuedNanos) << i;
            if (weight < most) continue;
            least = oldest;
            most = weight;
        }
        return least;
    }

    private synchronized void countDropped(long dropped) {
        droppedBytes += dropped;
    }

    private static int sizeClass(int capacity) {
        int growths = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(capacity / TopicLog.FIRST_SEGMENT_BYTES)) / 2;
        return Math.min(growths, SIZE_CLASSES - 1);
    }
}
