package io.fanwire.node.backplane.redis;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;

/**
 * One connection that channels are subscribed on, from its opening to its end. Owned by the subscriber loop. What is
 * sent within one turn of the loop goes out in one write.
 *
 * <p>One command for each channel, not one for many: Redis answers per channel, and only so does each answer, and each
 * refusal, find its command.
 */
final class SubscriberConnection {
    private final StatefulRedisPubSubConnection<String, byte[]> connection;
    private final EventLoop loop;
    private boolean flushes;

    SubscriberConnection(StatefulRedisPubSubConnection<String, byte[]> connection, EventLoop loop) {
        this.connection = connection;
        this.loop = loop;
        connection.setAutoFlushCommands(false);
    }

    /** Completes on the loop, before the channel's first message is heard. */
    CompletionStage<Void> subscribe(String channel) {
        flushSoon();
        return connection.async().subscribe(channel);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // if it is not heard, the connection is gone
    void unsubscribe(String channel) {
        flushSoon();
        connection.async().unsubscribe(channel);
    }

    /** Completes on the loop, after every message was heard that was published before. */
    CompletionStage<String> ping() {
        flushSoon();
        return connection.async().ping();
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the end
    void close() {
        connection.closeAsync();
    }

    private void flushSoon() {
        if (flushes) return;
        flushes = true;
        loop.execute(this::flush);
    }

    private void flush() {
        flushes = false;
        connection.flushCommands();
    }
}
