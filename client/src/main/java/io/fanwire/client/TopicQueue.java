package io.fanwire.client;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The publishes of one topic, in order; only the first may be on its way. More at a time would be faster, but the second
 * could succeed after the first has failed in a way that may pass, and would have overtaken it when that is repeated.
 * Owned by the loop.
 */
final class TopicQueue {
    final Queue<PendingPublish> publishes = new ArrayDeque<>();
    final Backoff backoff;

    /** The id of the first one's command while it is on its way, else 0. */
    long sentAs;
    /** The first one was refused and is to be repeated after a while. */
    boolean resting;

    TopicQueue(Backoff backoff) {
        this.backoff = backoff;
    }

    boolean maySend() {
        return sentAs == 0 && !resting && !publishes.isEmpty();
    }
}
