package io.fanwire.harness;

/** A part of the cluster did not start, stop or answer. The message is one line for a user, and says which part. */
public final class HarnessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HarnessException(String message) {
        super(message);
    }

    public HarnessException(String message, Throwable cause) {
        super(message, cause);
    }
}
