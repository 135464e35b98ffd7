package io.fanwire.loadtest.fleet;

import io.fanwire.loadtest.measure.WallClock;

/**
 * When a run is, for all of its processes.
 *
 * @param startWallNanos when the traffic begins, see {@link WallClock}
 * @param warmUpNanos of traffic that is not measured
 * @param durationNanos of the measured time
 */
public record Timing(long startWallNanos, long warmUpNanos, long durationNanos) {
    /** When the measured time begins. */
    public long zeroWallNanos() {
        return startWallNanos + warmUpNanos;
    }

    /** When it ends. */
    public long endWallNanos() {
        return zeroWallNanos() + durationNanos;
    }
}
