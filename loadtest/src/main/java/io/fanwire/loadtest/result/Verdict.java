package io.fanwire.loadtest.result;

/** How a run ended, with the exit code that says so. A wrong usage has exit code 2 and never becomes a run. */
public enum Verdict {
    FINE(0),
    /** The system under load did not do what was asked, or lost something in silence. */
    FAILED(1),
    /** The load tool itself was too slow: what was measured says nothing about the system. */
    BOTTLENECK(3);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
