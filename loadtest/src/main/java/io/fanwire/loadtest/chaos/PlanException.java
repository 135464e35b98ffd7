package io.fanwire.loadtest.chaos;

/** A plan that makes no sense, or not for the cluster that is there; the message is one line for the user. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message);
    }

    PlanException(String message, Throwable cause) {
        super(message, cause);
    }
}
