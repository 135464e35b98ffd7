package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The connection for commands, which Lettuce keeps up. On each new connection the scripts are sent first; until then, and
 * while there is none, calls fail at once. Thread-safe; stages complete on Lettuce's thread.
 */
final class CommandLink implements RedisConnectionStateListener {
    private final StatefulRedisConnection<String, byte[]> connection;
    private final RedisMetrics metrics;
    private volatile boolean ready;
    private volatile boolean closed;

    CommandLink(StatefulRedisConnection<String, byte[]> connection, RedisMetrics metrics) {
        this.connection = connection;
        this.metrics = metrics;
        connection.addListener(this);
        greet();
    }

    boolean isReady() {
        return ready;
    }

    CompletionStage<byte[]> run(RedisScript script, String[] keys, byte[]... arguments) {
        if (!ready) return CompletableFuture.failedStage(notConnected());
        return script.run(connection.async(), keys, arguments);
    }

    CompletionStage<String> ping() {
        return ready ? connection.async().ping() : CompletableFuture.failedStage(notConnected());
    }

    /** No calls any more; the connection ends with {@link RedisClients}. */
    void close() {
        closed = true;
        ready = false;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> source, SocketAddress address) {
        metrics.commandReconnected();
        greet();
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> source) {
        ready = false;
    }

    /** Whatever becomes of the scripts: a call that misses them brings its own. */
    private void greet() {
        RedisScript.load(connection.async());
        ready = !closed && connection.isOpen();
    }

    static BackplaneException notConnected() {
        return new BackplaneException(Kind.UNAVAILABLE, "not connected to Redis");
    }
}
