package io.fanwire.loadtest.measure;

import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds that fit each other: up to two minutes, to three digits. */
public final class Latencies {
    private static final long MIN_NANOS = 1_000;
    private static final long MAX_NANOS = 120_000_000_000L;
    private static final int DIGITS = 3;

    private Latencies() {}

    public static Histogram none() {
        return new Histogram(MIN_NANOS, MAX_NANOS, DIGITS);
    }

    /** Records a time; one that is out of the range counts as the end of it. */
    public static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(Math.max(0, nanos), MAX_NANOS));
    }
}
