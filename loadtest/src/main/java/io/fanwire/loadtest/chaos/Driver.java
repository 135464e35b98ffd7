package io.fanwire.loadtest.chaos;

import java.util.Locale;

/** By whose hand the faults happen. */
public enum Driver {
    /** Nodes and Redis are processes that the tool starts itself. */
    PROCESS,
    /** They are containers that are there already. */
    DOCKER;

    /** Processes of one machine have no network that they could be cut from. */
    boolean can(Verb verb) {
        return this == DOCKER || (verb != Verb.DISCONNECT && verb != Verb.RECONNECT);
    }

    /** As a command line says it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
