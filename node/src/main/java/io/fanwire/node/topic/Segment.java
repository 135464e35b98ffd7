package io.fanwire.node.topic;

import io.fanwire.protocol.Position;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a log: whole events, one after the other, in the wire format. Bytes behind the log's head are never
 * written again, so any thread may read them. Written by the log's appender only; its place in the budget's queue is
 * guarded by the budget's monitor.
 */
final class Segment {
    private final TopicLog log;
    private final Mark start;
    private final byte[] bytes;
    private volatile Mark end;
    private volatile long lastAppendNanos;

    @Nullable
    SegmentQueue queue;

    @Nullable
    Segment previous;

    @Nullable
    Segment next;

    long queuedNanos;

    Segment(TopicLog log, Mark start, int capacity, long nowNanos) {
        this.log = log;
        this.start = start;
        this.end = start;
        this.bytes = new byte[capacity];
        this.lastAppendNanos = nowNanos;
    }

    TopicLog log() {
        return log;
    }

    /** The address of its first byte. */
    long start() {
        return start.address();
    }

    /** The mark of exactly this position, between the segment's beginning and a head that was read; null if it has none. */
    @Nullable
    Mark find(Position wanted, Mark head) {
        Mark last = end.address() < head.address() ? end : head;
        if (cannotHold(wanted, last)) return null;
        MarkReader marks = new MarkReader(start, bytes);
        while (!marks.mark().position().equals(wanted)) {
            if (marks.mark().address() >= last.address()) return null;
            marks.next();
        }
        return marks.mark();
    }

    /** The first mark that is not before a position, in its epoch and up to a head that was read; null if it has none. */
    @Nullable
    Mark firstFrom(Position wanted, Mark head) {
        Mark last = end.address() < head.address() ? end : head;
        Position to = last.position();
        if (to.epoch() == wanted.epoch() && to.offset() < wanted.offset()) return null;
        MarkReader marks = new MarkReader(start, bytes);
        while (!isFrom(marks.mark().position(), wanted)) {
            if (marks.mark().address() >= last.address()) return null;
            marks.next();
        }
        return marks.mark();
    }

    private static boolean isFrom(Position position, Position wanted) {
        return position.epoch() == wanted.epoch() && position.offset() >= wanted.offset();
    }

    /** Without looking at the events. An epoch never comes back, so one at both ends is the only one. */
    private boolean cannotHold(Position wanted, Mark last) {
        Position from = start.position();
        Position to = last.position();
        boolean oneEpoch = from.epoch() == to.epoch();
        return oneEpoch
                && (wanted.epoch() != from.epoch() || wanted.offset() < from.offset() || wanted.offset() > to.offset());
    }

    Mark end() {
        return end;
    }

    int capacity() {
        return bytes.length;
    }

    long lastAppendNanos() {
        return lastAppendNanos;
    }

    boolean hasRoomFor(int size) {
        return bytes.length - used() >= size;
    }

    void append(EncodedEvent event, Mark newEnd, long nowNanos) {
        event.copyTo(bytes, used());
        lastAppendNanos = nowNanos;
        end = newEnd;
    }

    /** A view from one address to another, both inside this segment; shares the bytes. */
    ByteBuffer view(long from, long to, SpareView spare) {
        return spare.take(bytes, (int) (from - start()), (int) (to - start()));
    }

    private int used() {
        return (int) (end.address() - start());
    }
}
