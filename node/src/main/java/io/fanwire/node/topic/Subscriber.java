package io.fanwire.node.topic;

/** Who reads a subscription. Called on the lane's loop only. */
public interface Subscriber {
    /**
     * The subscription has something to read and is in the subscriber's hands until {@link Subscription#await} gives
     * it back.
     */
    void onReady(Subscription subscription);

    /** How the asking for a subscription ended. Called on the lane's loop, perhaps before the asking call returns. */
    interface Outcome {
        void onSubscribed(Subscription subscription, Started started);

        /** The subscription is over. */
        void onRefused(Subscription subscription, RuntimeException why);
    }
}
