package io.fanwire.loadtest.result;

import org.HdrHistogram.Histogram;

/**
 * One row of the final table.
 *
 * @param unit for example {@code /s}, {@code ms} or {@code µs}; empty for a plain number
 */
public record Figure(String name, double value, String unit) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** A plain number. */
    public static Figure count(String name, long count) {
        return new Figure(name, count, "");
    }

    /** A percentile of times in nanoseconds, in milliseconds; 100 is the longest. */
    public static Figure millis(String name, Histogram nanos, double percentile) {
        return new Figure(name, nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI, "ms");
    }
}
