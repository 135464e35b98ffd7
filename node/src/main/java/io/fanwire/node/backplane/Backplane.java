package io.fanwire.node.backplane;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries publications from any node to every node that has a subscriber, the origin included. Every method may be
 * called from any thread, returns at once and never throws for a state of the backplane: failures arrive as a
 * {@link BackplaneException} in the returned stage. Stages may complete on a thread of the backplane; whoever hangs
 * work on them must not block it.
 */
public interface Backplane extends AutoCloseable {
    /**
     * Publishes. Calls by one thread for one topic take effect in their order; one with an idempotency key may be
     * repeated inside, and then take effect after later ones.
     *
     * @return completes with the publication's position once the backplane has it; for a repeated idempotency key
     *     with the first one's. A failure with {@link BackplaneException.Kind#TIMEOUT} leaves open whether it
     *     happened.
     */
    CompletionStage<Position> publish(Topic topic, OutgoingPublication publication);

    /**
     * Starts to deliver a topic to a listener. A topic has at most one subscription at a time.
     *
     * @return completes once every publication from now on reaches the listener, with the position of the topic's
     *     newest publication by then. The listener may be called before that. On failure there is no subscription.
     */
    CompletionStage<Position> subscribe(Topic topic, TopicListener listener);

    /** Ends the subscription of a topic; its listener may still be called for a moment. Unknown topics are ignored. */
    void unsubscribe(Topic topic);

    /**
     * Reads a page of a topic's history. A topic without history has none to give, but its lineage is told all the
     * same; whether history is kept is the namespace's to say.
     */
    CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query);

    /**
     * Tells the other nodes how this one is, and hears how they are.
     *
     * @param lease after which this node is forgotten if it says nothing more; zero: at once
     * @return all members whose lease has not run out, in no order, this one included unless its lease is zero
     */
    default CompletionStage<List<Member>> announce(Member self, Duration lease) {
        return CompletableFuture.completedStage(lease.isZero() ? List.of() : List.of(self));
    }

    /** Whether publications can pass at the moment. */
    BackplaneState state();

    /** Why they can't, in one line for an operator to read; empty if they can. */
    default String trouble() {
        return state() == BackplaneState.UP ? "" : "the backplane is down";
    }

    /** Gives everything back; waits boundedly. Open stages fail. */
    @Override
    void close();
}
