package io.fanwire.node.topic;

import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out list of subscriptions, linked through the subscriptions themselves: each is in one list at
 * most. Owned by the lane.
 */
public final class SubscriptionList {
    private @Nullable Subscription first;
    private @Nullable Subscription last;
    private int size;

    public boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    public void add(Subscription subscription) {
        if (subscription.list != null) throw new IllegalStateException("a subscription is in two lists");
        subscription.list = this;
        subscription.previous = last;
        if (last == null) first = subscription;
        else last.next = subscription;
        last = subscription;
        size++;
    }

    /** The first, taken off the list; null if there is none. */
    public @Nullable Subscription poll() {
        Subscription polled = first;
        if (polled != null) remove(polled);
        return polled;
    }

    void remove(Subscription subscription) {
        if (subscription.list != this) throw new IllegalStateException("not in this list");
        Subscription before = subscription.previous;
        Subscription after = subscription.next;
        if (before == null) first = after;
        else before.next = after;
        if (after == null) last = before;
        else after.previous = before;
        subscription.previous = null;
        subscription.next = null;
        subscription.list = null;
        size--;
    }
}
