package io.fanwire.node.backplane.redis;

import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import java.time.Duration;

/** What the publish script is told of a namespace, encoded once. Not to be written to. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PublishTerms(boolean history, byte[] ttl, byte[] size, byte[] age, byte[] bytes) {
    static PublishTerms of(Namespace namespace, Duration topicTtl) {
        HistoryConfig history = namespace.history();
        return new PublishTerms(
                history.isKept(),
                Argument.number(RedisKeys.lifetime(topicTtl, history).toMillis()),
                Argument.number(history.size()),
                Argument.number(history.age().toMillis()),
                Argument.number(history.bytes()));
    }
}
