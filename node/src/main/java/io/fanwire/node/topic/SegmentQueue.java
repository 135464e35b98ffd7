package io.fanwire.node.topic;

import org.jspecify.annotations.Nullable;

/**
 * Segments in the order of their last events, nearly: linked through the segments themselves, so that any can be taken
 * out at no cost. Guarded by the budget's monitor.
 *
 * <p>Appending to a segment does not move it, or each publication would pay for that. Its place is looked after when it
 * is full, and when it comes to the front.
 */
final class SegmentQueue {
    // So that a look at the front has an end where everything is written to. What comes then is hardly worse.
    private static final int SECOND_CHANCES = 32;

    private @Nullable Segment first;
    private @Nullable Segment last;

    void add(Segment segment) {
        segment.queue = this;
        segment.queuedNanos = segment.lastAppendNanos();
        segment.previous = last;
        if (last == null) first = segment;
        else last.next = segment;
        last = segment;
    }

    void remove(Segment segment) {
        Segment before = segment.previous;
        Segment after = segment.next;
        if (before == null) first = after;
        else before.next = after;
        if (after == null) last = before;
        else after.previous = before;
        segment.previous = null;
        segment.next = null;
        segment.queue = null;
    }

    void moveToEnd(Segment segment) {
        remove(segment);
        add(segment);
    }

    /** The segment whose last event is oldest; another than the excluded one. */
    @Nullable
    Segment oldestBut(@Nullable Segment excluded) {
        for (int i = 0; i < SECOND_CHANCES; i++) {
            Segment front = first;
            if (front == null || front.queuedNanos == front.lastAppendNanos()) break;
            moveToEnd(front);
        }
        return first != null && first == excluded ? first.next : first;
    }
}
