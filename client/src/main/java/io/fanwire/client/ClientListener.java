package io.fanwire.client;

import java.lang.System.Logger.Level;

/**
 * Hears of a client's life. Called on the client's loop, one call at a time, never at the same time as the client's
 * {@link TopicListener}s; must not block, and must not wait for a stage of the same client, since the loop that would
 * complete it is the one that waits. What a method throws goes to {@link #onError}.
 */
public interface ClientListener {
    /** A node has accepted the connection. Subscriptions and unacknowledged publishes are being sent (again). */
    default void onConnected(ConnectionInfo connection) {}

    /** The connection ended, or an attempt to connect failed. */
    default void onDisconnected(Disconnection disconnection) {}

    /**
     * The client is closed for good; the last call that a listener of the client gets. What was pending fails with the
     * same exception.
     */
    default void onClosed(ClientClosedException why) {}

    /**
     * Something failed that no caller waits for: a {@link FanwireClient#publishAndForget} ({@link FanwireException}) or
     * a listener (what it threw). Logged, unless overridden.
     */
    default void onError(Throwable error) {
        System.getLogger("io.fanwire.client").log(Level.WARNING, "in a Fanwire client", error);
    }
}
