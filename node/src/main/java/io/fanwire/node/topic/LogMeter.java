package io.fanwire.node.topic;

import java.util.concurrent.atomic.LongAdder;

/** Bytes that all logs of a node hold together. Any thread. */
public final class LogMeter {
    private final LongAdder bytes = new LongAdder();

    void add(long change) {
        bytes.add(change);
    }

    public long bytes() {
        return bytes.sum();
    }
}
