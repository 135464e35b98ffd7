package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Publication;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A handle on one topic's subscription, which outlives connections. Public methods may be called from any thread; the
 * others are called by {@link Subscriptions}, on the loop.
 */
public final class Subscription {
    private final String topic;
    private final TopicListener listener;
    private final ListenerCalls calls;
    private final Consumer<Subscription> leave;
    private final TopicCursor cursor;
    private final CompletableFuture<Position> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    /** Written by the loop, read by any thread. */
    private final AtomicLong duplicates = new AtomicLong();
    /** No listener call begins any more. Set by any thread, for good. */
    private volatile boolean ended;

    /** @param leave hands this to the loop, to be unsubscribed */
    Subscription(String topic, TopicListener listener, ListenerCalls calls, Consumer<Subscription> leave) {
        this.topic = topic;
        this.listener = listener;
        this.calls = calls;
        this.leave = leave;
        this.cursor = new TopicCursor(topic);
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /**
     * Completes once a node has confirmed the subscription for the first time. Fails with {@link FanwireException} if
     * it is refused for good, and with {@link java.util.concurrent.CancellationException} if it is ended before.
     */
    public CompletionStage<Position> ready() {
        return ready.minimalCompletionStage();
    }

    /**
     * How many messages came from a node though they, or later ones, had been delivered or told to be missing before;
     * the listener did not get them. Some are normal after a reconnect.
     */
    public long duplicates() {
        return duplicates.get();
    }

    /**
     * Ends the subscription: no call of its listener begins any more. Completes when the node has confirmed, or the
     * connection is gone; never fails, and may be called again.
     */
    public CompletionStage<Void> unsubscribe() {
        if (!ended) {
            ended = true;
            leave.accept(this);
        }
        return left.minimalCompletionStage();
    }

    void confirmed(Position position) {
        GapInfo missed = cursor.subscribed(position);
        if (missed != null) tell(() -> listener.onGap(missed));
        tell(() -> listener.onSubscribed(position));
        ready.complete(position);
    }

    void publication(Publication publication) {
        long offset = publication.getOffset();
        if (offset < 0) throw new IllegalArgumentException("offset beyond 2^63: " + Long.toUnsignedString(offset));
        if (cursor.isDuplicate(offset)) {
            duplicates.incrementAndGet();
            return;
        }
        GapInfo hole = cursor.holeBefore(offset);
        if (hole != null) tell(() -> listener.onGap(hole));
        Message message = message(publication, cursor.moveTo(offset));
        tell(() -> listener.onMessage(message));
    }

    void gap(Gap gap) {
        for (GapInfo news : cursor.gap(gap)) tell(() -> listener.onGap(news));
    }

    void refused(FanwireException error) {
        tell(() -> listener.onError(error));
        end(error);
    }

    /** Nothing more comes, and the listener is not told. */
    void end(@Nullable FanwireException why) {
        ended = true;
        if (why == null) {
            ready.cancel(false);
        } else {
            ready.completeExceptionally(why);
        }
        left.complete(null);
    }

    private void tell(Runnable call) {
        if (!ended) calls.run(call);
    }

    private Message message(Publication publication, Position position) {
        Instant publishedAt = Instant.EPOCH.plus(publication.getPublishedAtUs(), ChronoUnit.MICROS);
        return publication.hasText()
                ? Message.of(topic, position, publishedAt, publication.getTextBytes(), true)
                : Message.of(topic, position, publishedAt, publication.getBinary(), false);
    }
}
