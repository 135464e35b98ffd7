package io.fanwire.client;

import io.fanwire.protocol.Position;

/**
 * Receives a topic's messages, each once and in order; what is missing is told where it would have been, as a gap. That
 * holds over lost connections, from node to node, and over restarts of Redis. Only behind a gap whose reason
 * {@linkplain GapInfo.Reason#isUnbounded is unbounded} a message may come that came before, under another position.
 *
 * <p>Called on the client's loop, one call at a time; must not block:
 * a listener that is busy for longer than the node's heartbeat timeout costs the client its connection, and a listener
 * that waits for a stage of the same client waits forever. What a method throws goes to
 * {@link ClientListener#onError}; the next message is delivered all the same.
 */
@FunctionalInterface
public interface TopicListener {
    void onMessage(Message message);

    /** Messages that will not come. Called where they would have been, before anything later. */
    default void onGap(GapInfo gap) {}

    /**
     * A node has confirmed the subscription, the first time or after a reconnect, and what it sends begins behind this
     * position; what was seen before is left out. After a reconnect, {@link #onGap} comes first if something was missed.
     */
    default void onSubscribed(Position position) {}

    /** The subscription is refused for good and over. Not called when the client is closed. */
    default void onError(FanwireException error) {}
}
