package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens the two kinds of connections to Redis, and owns what Lettuce needs for them: two clients, since they reconnect
 * differently, and their threads. Thread-safe.
 */
final class RedisClients {
    // What Lettuce says if Redis has refused and hung up before Lettuce looks for its own handshake's result: it has
    // lost
    // the reason then, and the next attempt finds it.
    private static final String REASON_LOST = "RedisHandshakeHandler not registered";
    private static final int ATTEMPTS = 3;
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration KEEPALIVE_IDLE = Duration.ofSeconds(10);
    private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(3);
    private static final Duration TCP_USER_TIMEOUT = Duration.ofSeconds(10);
    private static final long SHUTDOWN_MILLIS = 2_000;
    /** Room for what else is asked than publishing. */
    private static final int OTHER_REQUESTS = 4_096;

    private final RedisConfig config;
    private final RedisURI uri;
    private final SingleLoop subscriberLoop = new SingleLoop("fanwire-redis-subscriber");
    private final SingleLoop commandLoop = new SingleLoop("fanwire-redis-command");
    private final ClientResources subscriberResources;
    private final ClientResources commandResources;
    private final RedisClient subscriberClient;
    private final RedisClient commandClient;

    RedisClients(RedisConfig config) {
        this.config = config;
        uri = RedisURI.create(config.uri());
        uri.setTimeout(config.commandTimeout());
        if (!config.sentinelPassword().isEmpty()) uri.getSentinels().forEach(this::authenticate);
        subscriberResources = resources(subscriberLoop);
        subscriberClient = RedisClient.create(subscriberResources);
        subscriberClient.setOptions(options().autoReconnect(false).build());
        commandResources = resources(commandLoop);
        commandClient = RedisClient.create(commandResources);
        commandClient.setOptions(options()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // Nothing is carried over to a new connection: it may lead to another Redis.
                .replayFilter(command -> true)
                .requestQueueSize(2 * config.maxPublishesInFlight() + OTHER_REQUESTS)
                .build());
    }

    String shownUri() {
        return config.shownUri();
    }

    /** The thread of every subscriber connection; there is one once the first has been opened. */
    EventLoop subscriberLoop() {
        return subscriberLoop.get();
    }

    /** Waits for the connection. @throws BackplaneException that says in one line which Redis and why not */
    StatefulRedisConnection<String, byte[]> connectCommands() {
        return orSayWhyNot(() -> commandClient.connect(CODEC, uri));
    }

    /** Waits for the connection. @throws BackplaneException that says in one line which Redis and why not */
    StatefulRedisPubSubConnection<String, byte[]> connectSubscriber() {
        return orSayWhyNot(() -> subscriberClient.connectPubSub(CODEC, uri));
    }

    /** Returns at once; ends within connect timeout and command timeout. */
    CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> openSubscriber() {
        try {
            return subscriberClient.connectPubSubAsync(CODEC, uri);
        } catch (RedisException | IllegalStateException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Closes every connection and ends the threads. Waits, but boundedly. */
    void close() {
        commandClient.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
        subscriberClient.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
        commandResources.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN_MILLIS);
        subscriberResources.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN_MILLIS);
        commandLoop.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN_MILLIS);
        subscriberLoop.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN_MILLIS);
    }

    private void authenticate(RedisURI sentinel) {
        sentinel.setCredentialsProvider(
                RedisCredentialsProvider.from(() -> RedisCredentials.just(null, config.sentinelPassword())));
    }

    private <T> T orSayWhyNot(Supplier<T> connect) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connect.get();
            } catch (RedisException e) {
                String why = RedisFailure.rootCause(e);
                if (attempt < ATTEMPTS && why.contains(REASON_LOST)) continue;
                throw new BackplaneException(
                        RedisFailure.kindOfConnecting(e), "cannot connect to " + shownUri() + ": " + why);
            }
        }
    }

    private ClientResources resources(SingleLoop loop) {
        return ClientResources.builder()
                .eventLoopGroupProvider(loop)
                .computationThreadPoolSize(2)
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(10), config.maxReconnectDelay(), 50, TimeUnit.MILLISECONDS))
                .build();
    }

    private ClientOptions.Builder options() {
        SocketOptions.Builder socket = SocketOptions.builder()
                .connectTimeout(config.connectTimeout())
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(KEEPALIVE_IDLE)
                        .interval(KEEPALIVE_INTERVAL)
                        .count(3)
                        .build());
        if (EpollProvider.isAvailable()) {
            socket.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(TCP_USER_TIMEOUT)
                    .build());
        }
        return ClientOptions.builder()
                .socketOptions(socket.build())
                .pingBeforeActivateConnection(true)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                // Tells answers from messages, also on a connection that is subscribed. Redis 6 and later have it.
                .protocolVersion(ProtocolVersion.RESP3);
    }
}
