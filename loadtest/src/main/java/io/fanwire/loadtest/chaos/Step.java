package io.fanwire.loadtest.chaos;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * One thing to do at its time.
 *
 * @param line of the plan that says so
 * @param at since the start of the measured time
 */
record Step(int line, Duration at, Deed deed) {
    /** As a plan says it: {@code 90s}, {@code 0.5s}. */
    static String text(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    @Override
    public String toString() {
        return "at " + text(at) + " " + deed;
    }
}
