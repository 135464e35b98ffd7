package io.fanwire.client;

import io.fanwire.protocol.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A handle on one topic's subscription, which outlives connections. May be used from any thread. */
public final class Subscription {
    private final String topic;
    private final CompletableFuture<Position> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Subscription(String topic) {
        this.topic = topic;
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /**
     * Completes once a node has confirmed the subscription for the first time. Fails with {@link FanwireException} if
     * it is refused for good, ended by {@link #unsubscribe()} before that, or the client is closed.
     */
    public CompletionStage<Position> ready() {
        return ready.minimalCompletionStage();
    }

    /**
     * Ends the subscription: its listener gets no call that has not begun yet. Completes when the node has confirmed,
     * or the connection is gone; never fails, and may be called again.
     */
    public CompletionStage<Void> unsubscribe() {
        return over.minimalCompletionStage();
    }
}
