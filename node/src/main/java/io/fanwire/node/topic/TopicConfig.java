package io.fanwire.node.topic;

import java.time.Duration;

/**
 * How a node hosts topics.
 *
 * @param maxTopics topics with subscribers on this node at the same time
 * @param linger how long a topic is kept after its last subscriber left
 */
public record TopicConfig(int maxTopics, Duration linger, LogConfig log) {
    public static final TopicConfig DEFAULT = new TopicConfig(1_000_000, Duration.ofSeconds(1), LogConfig.DEFAULT);

    public TopicConfig {
        if (maxTopics <= 0) throw new IllegalArgumentException("topics.max must be positive: " + maxTopics);
        if (linger.isNegative()) throw new IllegalArgumentException("topics.linger must not be negative: " + linger);
    }
}
