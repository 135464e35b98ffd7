package io.fanwire.node.topic;

/** The life of a subscription. */
enum SubscriptionState {
    /** The topic is not live yet. */
    ASKING,
    /** In its audience's hands: nothing to read, or not visited yet. */
    WAITING,
    /** In its subscriber's hands. */
    READY,
    /** In nobody's hands: a page of history is on its way. */
    FETCHING,
    ENDED;

    boolean allows(SubscriptionState next) {
        return switch (this) {
            case ASKING, FETCHING -> next == READY || next == ENDED;
            case WAITING -> next == READY || next == ENDED;
            case READY -> next == WAITING || next == FETCHING || next == ENDED;
            case ENDED -> false;
        };
    }
}
