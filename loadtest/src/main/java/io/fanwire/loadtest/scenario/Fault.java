package io.fanwire.loadtest.scenario;

/** Whose fault it is that a run can't go on. */
public enum Fault {
    /** Of that which is loaded. */
    SYSTEM(1),
    /** Of this tool: the run says nothing about the system. */
    TOOL(3);

    private final int exitCode;

    Fault(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
