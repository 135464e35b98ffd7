package io.fanwire.node.topic;

import java.time.Duration;

/**
 * How much of a topic its log keeps for readers that are behind.
 *
 * @param maxBytes bytes of one topic's log; the oldest segment goes when a new one would exceed them
 * @param maxAge how long a segment is kept after its last event
 * @param segmentBytes size of a busy topic's segments, and so the most that one write carries
 */
public record LogConfig(int maxBytes, Duration maxAge, int segmentBytes) {
    private static final int MIN_SEGMENT_BYTES = 1024;

    public static final LogConfig DEFAULT = new LogConfig(4 << 20, Duration.ofSeconds(30), 64 << 10);

    public LogConfig {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > 128 << 10) {
            throw new IllegalArgumentException("topics.segment-bytes must be 1024 to 131072: " + segmentBytes);
        }
        if (maxBytes < 2L * segmentBytes) {
            throw new IllegalArgumentException("topics.log-bytes must be at least two segments: " + maxBytes);
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("topics.log-age must be positive: " + maxAge);
        }
    }
}
