package io.fanwire.client;

import io.fanwire.protocol.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A client of a Fanwire cluster. Every method may be called from any thread, listeners included, and only
 * {@link #close()} ever waits.
 *
 * <p>Stages are completed on the client's loop: what is chained to them with {@code thenRun} and the like must not
 * block, and a listener must not wait for them.
 */
public final class FanwireClient implements AutoCloseable {
    private FanwireClient() {}

    /** Starts to connect and returns at once; see {@link #ready()}. Nothing has to wait for it. */
    public static FanwireClient connect(ClientOptions options) {
        return new FanwireClient();
    }

    /** Completes with the first successful connection. Fails with {@link ClientClosedException}. */
    public CompletionStage<Void> ready() {
        return new CompletableFuture<>();
    }

    /** Where the client is now; for display, since it may be something else a moment later. */
    public ClientState state() {
        return ClientState.CONNECTING;
    }

    /**
     * Subscribes to a topic, now and after every reconnect. A client has one subscription per topic: a second one is
     * refused with {@code ERROR_CODE_ALREADY_SUBSCRIBED}.
     *
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     * @throws ClientClosedException if the client is closed
     */
    public Subscription subscribe(String topic, TopicListener listener) {
        return new Subscription(topic);
    }

    /**
     * Publishes a text, under an idempotency key of its own: it is sent again over the next connection if this one
     * breaks, and after errors that may pass, until it is acknowledged or {@link ClientOptions#publishTimeout()} is
     * over, and takes place at most once.
     *
     * <p><b>Order.</b> Publishes of one topic take place in the order of the calls. For that, only one per topic is
     * on its way at a time; topics don't wait for each other.
     *
     * <p><b>Errors</b> of the stage: {@link PublishTimeoutException}, {@link PendingLimitException},
     * {@link ClientClosedException}, or a {@link FanwireException} with the node's refusal.
     *
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     */
    public CompletionStage<Position> publish(String topic, String text) {
        return new CompletableFuture<>();
    }

    /** Publishes bytes; otherwise like {@link #publish(String, String)}. */
    public CompletionStage<Position> publish(String topic, byte[] payload) {
        return new CompletableFuture<>();
    }

    /**
     * Like {@link #publish(String, String)}, with the caller's own idempotency key.
     *
     * @param idempotencyKey 1 to 64 bytes of UTF-8; a second publish to the topic with the same key within two minutes,
     *     from whomever, publishes nothing and gets the first one's position
     */
    public CompletionStage<Position> publish(String topic, String text, String idempotencyKey) {
        return new CompletableFuture<>();
    }

    /** Publishes bytes; otherwise like {@link #publish(String, String, String)}. */
    public CompletionStage<Position> publish(String topic, byte[] payload, String idempotencyKey) {
        return new CompletableFuture<>();
    }

    /**
     * Publishes a text without acknowledgement, once, over the connection there is. It may be lost without a word; an
     * error that the node tells goes to {@link ClientListener#onError}. Nothing holds it back, so it may overtake an
     * earlier {@link #publish(String, String)}.
     *
     * @return false if it is dropped: there is no connection, or {@link ClientOptions#maxPendingPublishes()} wait
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     */
    public boolean publishAndForget(String topic, String text) {
        return false;
    }

    /** Publishes bytes; otherwise like {@link #publishAndForget(String, String)}. */
    public boolean publishAndForget(String topic, byte[] payload) {
        return false;
    }

    /**
     * Closes the connection with 1000 and fails what is pending: wait for the stages of publishes first if they matter.
     * Waits up to a second for the node's answer, unless called by a listener. May be called again.
     */
    @Override
    public void close() {}
}
