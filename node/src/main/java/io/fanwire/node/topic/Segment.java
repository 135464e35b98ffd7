package io.fanwire.node.topic;

import java.nio.ByteBuffer;

/**
 * A stretch of a log: whole events, one after the other, in the wire format. Bytes behind the log's head are never
 * written again, so any thread may read them. Written by the log's appender only.
 */
final class Segment {
    private final Mark start;
    private final ByteBuffer bytes;
    private volatile Mark end;
    private volatile long lastAppendNanos;

    Segment(Mark start, int capacity) {
        this.start = start;
        this.end = start;
        this.bytes = ByteBuffer.allocate(capacity);
    }

    Mark start() {
        return start;
    }

    Mark end() {
        return end;
    }

    int capacity() {
        return bytes.capacity();
    }

    long lastAppendNanos() {
        return lastAppendNanos;
    }

    boolean hasRoomFor(int size) {
        return bytes.remaining() >= size;
    }

    void append(EncodedEvent event, Mark newEnd, long nowNanos) {
        event.writeTo(bytes);
        lastAppendNanos = nowNanos;
        end = newEnd;
    }

    /** A read-only view from one address to another, both inside this segment; shares the bytes. */
    ByteBuffer view(long from, long to) {
        return bytes.slice((int) (from - start.address()), (int) (to - from));
    }
}
