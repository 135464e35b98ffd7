package io.fanwire.node.backplane.redis;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One connection of Lettuce's that channels are subscribed on. Owned by the subscriber loop. What is sent within one turn
 * of the loop goes out in one write.
 *
 * <p>One command for each channel, not one for many: Redis answers per channel, and only so does each answer, and each
 * refusal, find its command.
 */
final class SubscriberConnection implements PubSub {
    private final StatefulRedisPubSubConnection<String, byte[]> connection;
    private final Loop loop;
    private boolean flushes;

    SubscriberConnection(StatefulRedisPubSubConnection<String, byte[]> connection, Loop loop) {
        this.connection = connection;
        this.loop = loop;
        connection.setAutoFlushCommands(false);
    }

    @Override
    public CompletionStage<Void> subscribe(String channel) {
        flushSoon();
        return translated(connection.async().subscribe(channel));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // if it is not heard, the connection is gone
    public void unsubscribe(String channel) {
        flushSoon();
        connection.async().unsubscribe(channel);
    }

    @Override
    public CompletionStage<Void> ping() {
        flushSoon();
        return translated(connection.async().ping().thenAccept(pong -> {}));
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the end
    void close() {
        connection.closeAsync();
    }

    private static <T> CompletionStage<T> translated(CompletionStage<T> stage) {
        return stage.exceptionallyCompose(e -> CompletableFuture.failedStage(RedisFailure.translate(e)));
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
