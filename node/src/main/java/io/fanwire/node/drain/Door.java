package io.fanwire.node.drain;

/** Where new clients come in. Any thread. */
@FunctionalInterface
public interface Door {
    /** Refuses all that come from now on, or lets them in again. */
    void refuse(boolean all);
}
