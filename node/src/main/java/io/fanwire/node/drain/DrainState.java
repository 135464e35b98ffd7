package io.fanwire.node.drain;

import java.util.Locale;

/** Whether a node has its clients, or lets them go. */
public enum DrainState {
    SERVING,
    /** New clients are refused; those that are there stay until balancers have taken notice. */
    DELAY,
    /** Clients are told to go, some at a time. */
    LEAVING,
    /** Nobody is left. */
    DRAINED;

    boolean allows(DrainState next) {
        return switch (this) {
            case SERVING -> next == DELAY;
            case DELAY -> next == LEAVING || next == SERVING;
            case LEAVING -> next == DRAINED || next == SERVING;
            case DRAINED -> next == SERVING;
        };
    }

    /** As operators read it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
