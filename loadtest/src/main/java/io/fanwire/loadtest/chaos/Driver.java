package io.fanwire.loadtest.chaos;

import java.util.Locale;

/** By whose hand the faults happen. */
public enum Driver {
    /** Nodes and Redis are processes that the tool starts itself. */
    PROCESS,
    /** They are containers that are there already. */
    DOCKER;

    /** Processes of one machine have no network that they could be cut from, and containers are as they were made. */
    boolean can(Deed deed) {
        if (deed instanceof Deed.DetachReplica || deed instanceof Deed.PromoteReplica) return this == PROCESS;
        if (!(deed instanceof Deed.Fault fault)) return true;
        return switch (fault.verb()) {
            case DISCONNECT, RECONNECT -> (this == PROCESS) == fault.part().equals(Part.CLIENTS);
            case RESTORE -> this == PROCESS;
            default -> true;
        };
    }

    Driver other() {
        return this == PROCESS ? DOCKER : PROCESS;
    }

    /** As a command line says it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
