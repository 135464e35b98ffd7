package io.fanwire.node.backplane.redis;

import io.github.resilience4j.core.IntervalFunction;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
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
    private final CommandLink commands;
    private final RedisKeys keys;
    private final Loop loop;
    private final Subscriptions subscriptions;
    private final RedisMetrics metrics;
    private final IntervalFunction longestPause;
    private final int maxUnanswered;
    private @Nullable SubscriberConnection connection;

    /** Null while Redis has not confirmed its channel, or if it refuses. */
    private @Nullable Canary canary;

    private int attempts;
    private int unanswered;
    private boolean closed;

    /** For metrics; written by the loop, read by any thread. */
    private volatile boolean up;

    /** The last canary was lost, and none has come back since. Written by the loop, read by any thread. */
    private volatile boolean deaf;

    SubscriberLink(
            RedisClients clients,
            CommandLink commands,
            Loop loop,
            Subscriptions subscriptions,
            RedisConfig config,
            RedisMetrics metrics) {
        this.clients = clients;
        this.commands = commands;
        this.loop = loop;
        this.subscriptions = subscriptions;
        keys = new RedisKeys(config.keyPrefix());
        this.metrics = metrics;
        longestPause = IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2, config.maxReconnectDelay());
        maxUnanswered = (int) Math.max(2, config.commandTimeout().toSeconds() + 1);
    }

    boolean isUp() {
        return up;
    }

    /** Whether what is published does not come back, though the connection stands. */
    boolean isDeaf() {
        return deaf;
    }

    /** From now on there is a connection, and a heartbeat. */
    void start(StatefulRedisPubSubConnection<String, byte[]> first) {
        connected(first);
        loop.schedule(this::heartbeat, HEARTBEAT);
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
        canary = null;
        unanswered = 0;
        attempts = 0;
        up = true;
        opened.addListener(new Messages(fresh));
        opened.addListener(new End(fresh));
        listenForCanary(fresh);
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
    private void reconnectLater() {
        if (closed) return;
        attempts = Math.min(attempts + 1, 30);
        long pause = ThreadLocalRandom.current().nextLong(longestPause.apply(attempts) + 1);
        loop.schedule(this::reconnect, Duration.ofMillis(pause));
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

    private void heartbeat() {
        if (closed) return;
        loop.schedule(this::heartbeat, HEARTBEAT);
        SubscriberConnection current = connection;
        if (current != null) beat(current);
    }

    /** Counts turns rather than time: after a long pause of this process the answers get their chance to be read. */
    private void beat(SubscriberConnection current) {
        if (unanswered >= maxUnanswered) {
            lost(current);
            return;
        }
        unanswered++;
        long missing = canary == null ? 0 : canary.missing();
        current.ping().thenRun(() -> answered(current, missing));
        if (canary != null) canary.send();
    }

    private void answered(SubscriberConnection by, long missing) {
        if (by != connection) return;
        unanswered = 0;
        if (canary == null || !canary.isLost(missing)) return;
        log.warn("What is published does not come back from {}", clients.shownUri());
        metrics.canaryLost();
        deaf = true;
        lost(by);
    }

    private void listenForCanary(SubscriberConnection on) {
        String channel =
                keys.probe(Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36));
        on.subscribe(channel).thenRun(() -> {
            if (on != connection) return;
            canary = new Canary(channel, commands::publish, loop, System::nanoTime, maxUnanswered);
            canary.send();
        });
    }

    private void canaryCame(Canary mine, byte[] message) {
        Duration roundTrip = mine.heard(message);
        if (roundTrip == null) return;
        deaf = false;
        metrics.canaryCameBack(roundTrip);
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
            Canary mine = canary;
            if (mine != null && channel.equals(mine.channel())) canaryCame(mine, message);
            else subscriptions.received(channel, message);
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
