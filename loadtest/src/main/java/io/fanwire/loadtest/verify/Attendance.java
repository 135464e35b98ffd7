package io.fanwire.loadtest.verify;

import io.fanwire.loadtest.measure.Latencies;
import org.HdrHistogram.Histogram;

/** How many of the clients are connected, how few were at the worst moment, and for how long not all. Thread-safe. */
final class Attendance {
    private static final long LONGEST_NANOS = Latencies.none().getHighestTrackableValue();

    private final Histogram outages = Latencies.none();
    private boolean begun;
    private int connected;
    private int all;
    private int fewest;
    private long incompleteSince;

    /** Those who are there now are all. */
    synchronized void begin() {
        begun = true;
        all = connected;
        fewest = connected;
    }

    synchronized void came() {
        connected++;
        if (begun && connected == all)
            outages.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - incompleteSince));
    }

    synchronized void went() {
        if (begun && connected == all) incompleteSince = System.nanoTime();
        connected--;
        fewest = Math.min(fewest, connected);
    }

    synchronized int connected() {
        return connected;
    }

    synchronized int all() {
        return all;
    }

    /** Since {@link #begin}. */
    synchronized int fewest() {
        return fewest;
    }

    /** Each time from the first one missing until all were connected again, in nanoseconds. */
    synchronized Histogram outages() {
        return outages.copy();
    }
}
