package io.fanwire.node.topic;

import java.nio.ByteBuffer;

/**
 * A stretch of a log: whole events, one after the other, in the wire format. Bytes behind the log's head are never
 * written again, so any thread may read them. Written by the log's appender only.
 */
final class Segment {
    private final long start;
    private final byte[] bytes;
    private volatile Mark end;
    private volatile long lastAppendNanos;

    Segment(Mark start, int capacity) {
        this.start = start.address();
        this.end = start;
        this.bytes = new byte[capacity];
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
    ByteBuffer view(long from, long to) {
        return ByteBuffer.wrap(bytes, (int) (from - start), (int) (to - from));
    }

    private int used() {
        return (int) (end.address() - start);
    }
}
