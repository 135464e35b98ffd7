package io.fanwire.loadtest.result;

import io.fanwire.loadtest.measure.Latencies;
import org.HdrHistogram.Histogram;

/**
 * What one second of a run brought.
 *
 * @param at which one: 0 is the first of the measured time
 * @param connections open at its end
 * @param opened connections that got in
 * @param failed attempts to connect that did not
 * @param ended connections that ended without being asked to
 * @param published publications that a node acknowledged
 * @param delivered publications that subscribers got, each counted once a subscriber
 * @param missed publications that subscribers were told not to get
 * @param latency of deliveries, in nanoseconds from when each publication was due
 */
public record Second(
        int at,
        long connections,
        long opened,
        long failed,
        long ended,
        long published,
        long delivered,
        long missed,
        Histogram latency) {
    /** One in which nothing happened. */
    public static Second none(int at) {
        return new Second(at, 0, 0, 0, 0, 0, 0, 0, Latencies.none());
    }

    /** The same second of two processes. */
    public Second plus(Second other) {
        Histogram both = latency.copy();
        both.add(other.latency);
        return new Second(
                at,
                connections + other.connections,
                opened + other.opened,
                failed + other.failed,
                ended + other.ended,
                published + other.published,
                delivered + other.delivered,
                missed + other.missed,
                both);
    }
}
