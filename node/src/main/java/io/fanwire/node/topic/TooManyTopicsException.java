package io.fanwire.node.topic;

/** The node hosts as many topics as it may. Carries no stack trace: it is a value that travels to a client. */
public final class TooManyTopicsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyTopicsException(int limit) {
        super("this node hosts at most " + limit + " topics", null, false, false);
    }
}
