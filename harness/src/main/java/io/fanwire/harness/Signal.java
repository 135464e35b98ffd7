package io.fanwire.harness;

import java.util.List;

/** The signals that Java has no method for. They need a POSIX shell. */
enum Signal {
    STOP,
    CONT;

    /** @throws HarnessException if the process is not there */
    void send(long pid) {
        String complaint = deliver(pid);
        if (!complaint.isEmpty()) throw new HarnessException("SIG" + this + " to " + pid + " failed: " + complaint);
    }

    /** Sends it to a process that may have ended meanwhile. */
    void trySend(long pid) {
        deliver(pid);
    }

    /** By the shell's own kill: /bin/kill is not installed everywhere. Returns what it complains about. */
    private String deliver(long pid) {
        return CommandOutput.of(List.of("sh", "-c", "kill -" + this + " " + pid))
                .strip();
    }
}
