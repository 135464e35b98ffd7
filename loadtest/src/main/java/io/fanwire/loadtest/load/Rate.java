package io.fanwire.loadtest.load;

import java.time.Duration;

/** How often something happened, and whether that is what was asked for. */
final class Rate {
    // What is under way at the end, or starts late, is no difference worth a word.
    private static final double AS_ASKED = 0.95;

    private Rate() {}

    static double perSecond(long count, Duration elapsed) {
        return count * 1e9 / Math.max(1, elapsed.toNanos());
    }

    /** Whether a rate is what was asked for, or near enough. */
    static boolean isReached(double asked, double reached) {
        return reached >= asked * AS_ASKED;
    }
}
