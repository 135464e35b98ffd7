package io.fanwire.node.topic;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a log: whole events, one after the other, in the wire format. Bytes behind the log's head are never
 * written again, so any thread may read them. Written by the log's appender only; its place in the budget's queue is
 * guarded by the budget's monitor.
 */
final class Segment {
    private final TopicLog log;
    private final long start;
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
        this.start = start.address();
        this.end = start;
        this.bytes = new byte[capacity];
        this.lastAppendNanos = nowNanos;
    }

    TopicLog log() {
        return log;
    }

    /** The address of its first byte. */
    long start() {
        return start;
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
        return spare.take(bytes, (int) (from - start), (int) (to - start));
    }

    private int used() {
        return (int) (end.address() - start);
    }
}
