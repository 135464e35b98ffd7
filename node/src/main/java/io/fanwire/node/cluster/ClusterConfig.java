package io.fanwire.node.cluster;

import java.time.Duration;

/**
 * What nodes tell each other, and what they do about it.
 *
 * @param reportInterval how often a node tells its load; it is forgotten after three times as long
 * @param pacePercent of its clients, that a node hands off each second at most; 0: none
 * @param tolerancePercent above the average, from which on a node hands off clients
 * @param drainTolerancePercent the same while nodes drain, if it is more
 */
public record ClusterConfig(Duration reportInterval, int pacePercent, int tolerancePercent, int drainTolerancePercent) {
    public ClusterConfig {
        if (reportInterval.toMillis() < 100 || reportInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("cluster.report-interval must be 100ms to 1m: " + reportInterval);
        }
        if (pacePercent < 0 || pacePercent > 100) {
            throw new IllegalArgumentException("rebalance.pace-percent must be 0 to 100: " + pacePercent);
        }
        requireTolerance("rebalance.tolerance-percent", tolerancePercent);
        requireTolerance("rebalance.drain-tolerance-percent", drainTolerancePercent);
    }

    /** Longer than a node is silent between two reports: who has not spoken for so long may have died. */
    Duration silence() {
        return reportInterval.multipliedBy(3).dividedBy(2);
    }

    /** After which no further node is expected to drain: as a rule its successor has become ready meanwhile. */
    Duration calm() {
        return reportInterval.multipliedBy(6);
    }

    /** After which a node that says nothing is forgotten. */
    public Duration lease() {
        return reportInterval.multipliedBy(3);
    }

    private static void requireTolerance(String key, int percent) {
        if (percent < 1 || percent > 1_000) {
            throw new IllegalArgumentException(key + " must be 1 to 1000: " + percent);
        }
    }
}
