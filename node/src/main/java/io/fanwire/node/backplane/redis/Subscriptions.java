package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The topics that this node is subscribed to, and the one way by which each gets in line with Redis, be it new, to be
 * restored on a new connection or to be looked after: see {@link Enrolment}. That is done for up to {@value #BATCH}
 * topics at a time, one batch after the other, so that a hundred thousand cost some hundred round trips and neither side
 * has to buffer much. Knows Redis only by {@link PubSub} and {@link TopicReader}. Owned by the subscriber loop.
 */
final class Subscriptions {
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final TopicReader reader;
    private final RedisMetrics metrics;
    private final Fills fills;
    private final Map<String, TopicSubscription> byChannel = new HashMap<>();
    private final Queue<TopicSubscription> waiting = new ArrayDeque<>();
    private @Nullable PubSub connection;
    private boolean busy;

    /** For metrics; written by the loop, read by any thread. */
    private volatile int count;

    Subscriptions(Loop loop, TopicReader reader, RedisMetrics metrics) {
        this.loop = loop;
        this.reader = reader;
        this.metrics = metrics;
        fills = new Fills(loop, reader, this::filled);
    }

    int count() {
        return count;
    }

    /** Completes the subscription's stage in the end. */
    void add(TopicSubscription subscription) {
        if (connection == null) {
            subscription.opened.completeExceptionally(RedisFailure.notConnected());
        } else if (byChannel.putIfAbsent(subscription.channel, subscription) != null) {
            subscription.opened.completeExceptionally(
                    new BackplaneException(Kind.FAILED, "already subscribed: " + subscription.topic));
        } else {
            count = byChannel.size();
            compare(subscription);
        }
    }

    void remove(String channel) {
        TopicSubscription subscription = byChannel.get(channel);
        if (subscription != null) drop(subscription, new BackplaneException(Kind.FAILED, "unsubscribed meanwhile"));
    }

    void received(String channel, byte[] message) {
        TopicSubscription subscription = byChannel.get(channel);
        if (subscription == null || !subscription.confirmed) return;
        metrics.received();
        ChannelMessage parsed = ChannelMessage.parse(message);
        if (parsed == null) {
            metrics.malformed();
            return;
        }
        subscription.arrived(parsed);
        review(subscription);
    }

    /** There is a new connection, on which nothing is subscribed yet. */
    void connected(PubSub fresh) {
        connection = fresh;
        byChannel.values().forEach(this::enqueue);
        proceed();
    }

    /** The connection is gone. Who was subscribed is so again on the next one; who was about to be is told now. */
    void disconnected() {
        connection = null;
        waiting.clear();
        for (TopicSubscription subscription : List.copyOf(byChannel.values())) {
            subscription.disconnected();
            if (!subscription.opened.isDone()) drop(subscription, RedisFailure.notConnected());
        }
    }

    /** Compares a topic with Redis, which also keeps it from expiring there. */
    void compare(TopicSubscription subscription) {
        if (!contains(subscription)) return;
        enqueue(subscription);
        proceed();
    }

    void close() {
        disconnected();
        byChannel.clear();
        count = 0;
    }

    Collection<TopicSubscription> all() {
        return byChannel.values();
    }

    boolean contains(TopicSubscription subscription) {
        return byChannel.get(subscription.channel) == subscription;
    }

    void drop(TopicSubscription subscription, BackplaneException why) {
        byChannel.remove(subscription.channel, subscription);
        count = byChannel.size();
        subscription.disconnected();
        if (connection != null) connection.unsubscribe(subscription.channel);
        subscription.opened.completeExceptionally(why);
    }

    void enqueue(TopicSubscription subscription) {
        if (subscription.waits || connection == null) return;
        subscription.waits = true;
        waiting.add(subscription);
    }

    /** Sees to what a subscription wants after something happened to it. */
    void review(TopicSubscription subscription) {
        if (subscription.wantsComparison()) compare(subscription);
        fills.enqueue(subscription);
    }

    /** If the page has shown that Redis is behind, another comparison right away could only be followed by the same. */
    private void filled(TopicSubscription subscription) {
        if (subscription.wantsComparison()) loop.schedule(() -> compare(subscription), PAUSE);
    }

    private void proceed() {
        PubSub current = connection;
        if (busy || current == null) return;
        List<TopicSubscription> batch = nextBatch();
        if (batch.isEmpty()) return;
        busy = true;
        enrol(batch, current).whenComplete((done, failure) -> loop.execute(() -> finished(current, batch, failure)));
    }

    private CompletionStage<Void> enrol(List<TopicSubscription> batch, PubSub current) {
        try {
            return new Enrolment(this, batch, current, reader, metrics, loop).run();
        } catch (RuntimeException e) {
            // Like any other failure: else nothing would ever be enrolled again.
            return CompletableFuture.failedStage(e);
        }
    }

    private List<TopicSubscription> nextBatch() {
        List<TopicSubscription> batch = new ArrayList<>();
        while (batch.size() < BATCH && !waiting.isEmpty()) {
            TopicSubscription next = waiting.remove();
            next.waits = false;
            if (contains(next)) batch.add(next);
        }
        return batch;
    }

    private void finished(PubSub on, List<TopicSubscription> batch, @Nullable Throwable failure) {
        if (failure == null || on != connection) {
            busy = false;
            proceed();
            return;
        }
        BackplaneException why = RedisFailure.translate(failure);
        refuseNew(List.copyOf(waiting), why);
        refuseNew(batch, why);
        batch.stream().filter(this::contains).forEach(this::enqueue);
        // Redis is in trouble: what was asked again by then has been refused, so the rest must wait a little.
        loop.schedule(this::resume, PAUSE);
    }

    private void resume() {
        busy = false;
        proceed();
    }

    private void refuseNew(Collection<TopicSubscription> subscriptions, BackplaneException why) {
        for (TopicSubscription subscription : subscriptions) {
            if (contains(subscription) && !subscription.opened.isDone()) drop(subscription, why);
        }
    }
}
