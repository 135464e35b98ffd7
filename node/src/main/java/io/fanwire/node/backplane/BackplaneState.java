package io.fanwire.node.backplane;

/** Whether publications can pass. */
public enum BackplaneState {
    UP,
    /** Publishes fail at once with a retryable error; subscriptions are restored when it comes back. */
    DOWN
}
