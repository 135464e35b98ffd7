package io.fanwire.node.backplane.redis;

import java.util.concurrent.CompletionStage;

/**
 * One connection that channels are subscribed on, from its opening to its end. What is heard on it goes to {@link
 * Subscriptions#received}, its end to {@link Subscriptions#disconnected}. Owned by the loop, on which stages complete
 * too; they fail with a {@link io.fanwire.node.backplane.BackplaneException}.
 */
interface PubSub {
    /**
     * Completes with Redis' word, before the channel's first message is heard; fails with {@code FAILED} if Redis
     * refuses, otherwise if the connection is lost.
     */
    CompletionStage<Void> subscribe(String channel);

    void unsubscribe(String channel);

    /** A fence: completes after every message was heard that was published before the call. */
    CompletionStage<Void> ping();
}
