package io.fanwire.node.backplane.redis;

import io.github.resilience4j.core.IntervalFunction;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection for subscriptions up, and tells {@link Subscriptions} of each new one and of each end. A connection
 * that answers no heartbeat is dead, even if TCP thinks otherwise. Owned by the subscriber loop, on which messages are
 * delivered too: a listener that takes long slows down reading, and nothing queues up in the node.
 */
final class SubscriberLink {
    private static final Logger log = LoggerFactory.getLogger(SubscriberLink.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final RedisClients clients;
    private final EventLoop loop;
    private final Subscriptions subscriptions;
    private final RedisMetrics metrics;
    private final IntervalFunction longestPause;
    private final long maxUnanswered;
    private @Nullable SubscriberConnection connection;
    private int attempts;
    private int unanswered;
    private boolean closed;

    /** For metrics; written by the loop, read by any thread. */
    private volatile boolean up;

    SubscriberLink(RedisClients clients, Subscriptions subscriptions, RedisConfig config, RedisMetrics metrics) {
        this.clients = clients;
        this.loop = clients.subscriberLoop();
        this.subscriptions = subscriptions;
        this.metrics = metrics;
        longestPause = IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2, config.maxReconnectDelay());
        maxUnanswered = Math.max(2, config.commandTimeout().toSeconds() + 1);
    }

    boolean isUp() {
        return up;
    }

    /** From now on there is a connection, and a heartbeat. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    void start(StatefulRedisPubSubConnection<String, byte[]> first) {
        connected(first);
        loop.scheduleWithFixedDelay(this::heartbeat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every subscription; the connection ends with {@link RedisClients}. */
    void close() {
        closed = true;
        up = false;
        connection = null;
        subscriptions.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the end
    private void connected(StatefulRedisPubSubConnection<String, byte[]> opened) {
        if (closed) {
            opened.closeAsync();
            return;
        }
        SubscriberConnection fresh = new SubscriberConnection(opened, loop);
        connection = fresh;
        unanswered = 0;
        attempts = 0;
        up = true;
        opened.addListener(new Messages(fresh));
        opened.addListener(new End(fresh));
        subscriptions.connected(fresh);
        // It may have ended before anybody listened.
        if (!fresh.isOpen()) lost(fresh);
    }

    private void lost(SubscriberConnection ended) {
        if (connection != ended) return;
        log.warn("The subscriber connection to {} is lost", clients.shownUri());
        connection = null;
        up = false;
        ended.close();
        subscriptions.disconnected();
        reconnectLater();
    }

    /** Exponential backoff with full jitter: a fleet of nodes comes back spread out. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    private void reconnectLater() {
        if (closed) return;
        attempts = Math.min(attempts + 1, 30);
        long pause = ThreadLocalRandom.current().nextLong(longestPause.apply(attempts) + 1);
        loop.schedule(this::reconnect, pause, TimeUnit.MILLISECONDS);
    }

    private void reconnect() {
        if (closed) return;
        clients.openSubscriber().whenComplete((opened, failure) -> loop.execute(() -> reconnected(opened, failure)));
    }

    private void reconnected(
            @Nullable StatefulRedisPubSubConnection<String, byte[]> opened, @Nullable Throwable failure) {
        if (opened == null) {
            log.debug("No connection to {}", clients.shownUri(), failure);
            reconnectLater();
            return;
        }
        log.info("The subscriber connection to {} is back", clients.shownUri());
        metrics.subscriberReconnected();
        connected(opened);
    }

    /** Counts turns rather than time: after a long pause of this process the answers get their chance to be read. */
    private void heartbeat() {
        SubscriberConnection current = connection;
        if (current == null) return;
        if (unanswered >= maxUnanswered) {
            lost(current);
            return;
        }
        unanswered++;
        current.ping().thenRun(() -> heardFrom(current));
    }

    private void heardFrom(SubscriberConnection from) {
        if (from == connection) unanswered = 0;
    }

    private final class Messages extends RedisPubSubAdapter<String, byte[]> {
        private final SubscriberConnection source;

        Messages(SubscriberConnection source) {
            this.source = source;
        }

        @Override
        public void message(String channel, byte[] message) {
            if (source != connection) return;
            unanswered = 0;
            subscriptions.received(channel, message);
        }
    }

    private final class End implements RedisConnectionStateListener {
        private final SubscriberConnection source;

        End(SubscriberConnection source) {
            this.source = source;
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            loop.execute(() -> lost(source));
        }
    }
}
