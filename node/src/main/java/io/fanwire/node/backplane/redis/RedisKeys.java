package io.fanwire.node.backplane.redis;

import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.protocol.Topic;
import java.time.Duration;

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

    /** The topic's history. */
    String stream(Topic topic) {
        return prefix + "s:{" + topic.name() + "}";
    }

    /** What an idempotency key led to. */
    String idempotency(Topic topic, String key) {
        return prefix + "i:{" + topic.name() + "}:" + key;
    }

    /** The hash with the nodes' leases. */
    String members() {
        return prefix + "members";
    }

    /** Where a connection hears whether it still hears anything. */
    String probe(String connection) {
        return prefix + "probe:" + connection;
    }

    /** How long a topic's hash stays: always longer than its history, which is nothing without it. */
    static Duration lifetime(Duration topicTtl, HistoryConfig history) {
        Duration least = history.isKept() ? history.age().multipliedBy(2) : Duration.ZERO;
        return topicTtl.compareTo(least) < 0 ? least : topicTtl;
    }
}
