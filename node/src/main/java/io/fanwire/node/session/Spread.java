package io.fanwire.node.session;

/** Draws lots that keep sessions apart: what many of them do at set times must not be done by all at once. */
final class Spread {
    // The golden ratio, in 64 bits: its multiples lie more evenly than random numbers, whichever of them are left out,
    // and
    // are the same in each run of a simulation.
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private Spread() {}

    /** From 0 to less than 1, for the number of a session. */
    static double of(long number) {
        return (number * STEP >>> 11) * 0x1.0p-53;
    }
}
