package io.fanwire.node.backplane;

import java.util.concurrent.CompletionException;

/** The backplane did not do what was asked. Carries no stack trace: it is a value that travels to a client. */
public final class BackplaneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public BackplaneException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** The failure itself, out of the wrapping in which dependent stages pass it on. */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
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
        /** It was done, but no replica has confirmed it, and the namespace demands that. Only of publishes. */
        NOT_REPLICATED,
        /** Too many calls are waiting for an answer: nothing was done. */
        OVERLOADED,
        /** The backplane refused or failed; the message says how. */
        FAILED
    }
}
