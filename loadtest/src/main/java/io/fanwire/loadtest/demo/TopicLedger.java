package io.fanwire.loadtest.demo;

import io.fanwire.protocol.Position;

/** What was acknowledged on one topic. Publishers write on their client's loop, any thread reads. */
final class TopicLedger {
    private final String name;
    private long lastOffset;
    private long acknowledged;
    private long checksum;

    TopicLedger(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized void acknowledge(Position position, long number) {
        acknowledged++;
        checksum += Checksum.of(position.offset(), number);
        lastOffset = Math.max(lastOffset, position.offset());
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Over (offset, number) of every publication. */
    synchronized long checksum() {
        return checksum;
    }

    /** The highest acknowledged offset; 0 before the first. */
    synchronized long lastOffset() {
        return lastOffset;
    }
}
