package io.fanwire.node.admission;

import java.util.concurrent.TimeUnit;

/** Passed at its bound, and left only after two seconds well below it, so that it does not flutter. One thread. */
final class Threshold {
    private static final long CALM = TimeUnit.SECONDS.toNanos(2);

    private final long bound;
    private final long calm;
    private boolean passed;
    private long highAt;

    /** Left below four fifths of the bound. */
    Threshold(long bound) {
        this(bound, bound * 4 / 5);
    }

    Threshold(long bound, long calm) {
        this.bound = bound;
        this.calm = calm;
    }

    /** @return whether it is passed */
    boolean update(long value, long now) {
        if (value > bound) passed = true;
        if (value >= calm) highAt = now;
        if (passed && now - highAt >= CALM) passed = false;
        return passed;
    }
}
