package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Topic;

/**
 * What a topic's keys and channel are called. All keys of one topic carry the same hash tag, so that one script may
 * touch them on a cluster too; a topic's grammar has no braces.
 *
 * @param prefix of every key and channel
 */
record RedisKeys(String prefix) {
    /** Where publications pass. */
    String channel(Topic topic) {
        return prefix + "c:{" + topic.name() + "}";
    }

    /** The hash with the topic's epoch and offset. */
    String position(Topic topic) {
        return prefix + "t:{" + topic.name() + "}";
    }

    /** What an idempotency key led to. */
    String idempotency(Topic topic, String key) {
        return prefix + "i:{" + topic.name() + "}:" + key;
    }
}
