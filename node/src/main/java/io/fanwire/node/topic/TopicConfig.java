package io.fanwire.node.topic;

import java.time.Duration;

/**
 * How a node hosts topics.
 *
 * @param maxTopics topics with subscribers on this node at the same time
 * @param linger how long a topic is kept after its last subscriber left
 * @param maxLogBytes bytes of all logs together; over them the least useful segments go
 * @param fanOutSlice subscriptions that a lane visits before it lets its other work through
 */
public record TopicConfig(int maxTopics, Duration linger, long maxLogBytes, int fanOutSlice, LogConfig log) {
    /** A third of a millisecond of writes: what another topic's publication may have to wait for, on its way in and out. */
    public static final int FAN_OUT_SLICE = 32;

    public static final TopicConfig DEFAULT = new TopicConfig(
            1_000_000, Duration.ofSeconds(1), heapShare(LogConfig.DEFAULT), FAN_OUT_SLICE, LogConfig.DEFAULT);

    public TopicConfig {
        if (maxTopics <= 0) throw new IllegalArgumentException("topics.max must be positive: " + maxTopics);
        if (linger.isNegative()) throw new IllegalArgumentException("topics.linger must not be negative: " + linger);
        if (maxLogBytes < log.maxBytes()) {
            throw new IllegalArgumentException(
                    "topics.all-logs-bytes must be at least topics.log-bytes: " + maxLogBytes);
        }
        if (fanOutSlice < 1) throw new IllegalArgumentException("a fan-out slice must be positive: " + fanOutSlice);
    }

    /** What the logs may have where nobody says more: a quarter of the heap, but never less than one log may have. */
    public static long heapShare(LogConfig log) {
        return Math.max(Runtime.getRuntime().maxMemory() / 4, log.maxBytes());
    }
}
