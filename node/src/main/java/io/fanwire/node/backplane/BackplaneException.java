package io.fanwire.node.backplane;

/** The backplane did not do what was asked. Carries no stack trace: it is a value that travels to a client. */
public final class BackplaneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public BackplaneException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, as far as the asking side has to tell apart. */
    public enum Kind {
        /** Not connected, or the circuit breaker is open: nothing was done. */
        UNAVAILABLE,
        /** No answer in time, or the connection was lost before the answer: it may have been done. */
        TIMEOUT,
        /** Too many calls are waiting for an answer: nothing was done. */
        OVERLOADED,
        /** The backplane refused or failed; the message says how. */
        FAILED
    }
}
