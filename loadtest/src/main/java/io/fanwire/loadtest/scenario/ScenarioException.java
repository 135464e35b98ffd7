package io.fanwire.loadtest.scenario;

/** A run can't go on; the message is one line for the user. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** It is the system's fault. */
    public ScenarioException(String message) {
        this(Fault.SYSTEM, message);
    }

    /** It is the system's fault. */
    public ScenarioException(String message, Throwable cause) {
        this(Fault.SYSTEM, message, cause);
    }

    public ScenarioException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public ScenarioException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** The one behind a failure that other threads have passed on, or a new one that tells of a defect of this tool. */
    public static ScenarioException of(Throwable failure) {
        Throwable last = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ScenarioException known) return known;
            last = each;
        }
        return new ScenarioException(Fault.TOOL, "the run failed: " + last, failure);
    }
}
