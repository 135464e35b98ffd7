package io.fanwire.node.topic;

/** A subscription ended before its topic was live. Carries no stack trace: it is a value that travels to a client. */
public final class UnsubscribedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsubscribedException() {
        super("unsubscribed before the subscription stood", null, false, false);
    }
}
