package io.fanwire.node.admission;

import java.util.concurrent.TimeUnit;

/** Passed at its bound, and left only after two seconds below four fifths of it, so that it does not flutter. One thread. */
final class Threshold {
    private static final long CALM = TimeUnit.SECONDS.toNanos(2);

    private final long bound;
    private boolean passed;
    private long highAt;

    Threshold(long bound) {
        this.bound = bound;
    }

    /** @return whether it is passed */
    boolean update(long value, long now) {
        if (value > bound) passed = true;
        if (value * 5 >= bound * 4) highAt = now;
        if (passed && now - highAt >= CALM) passed = false;
        return passed;
    }
}
