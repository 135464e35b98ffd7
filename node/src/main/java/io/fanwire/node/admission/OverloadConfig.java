package io.fanwire.node.admission;

import java.time.Duration;

/**
 * When a node has as much to do as it can.
 *
 * @param heapPercent of the heap's maximum that is in use after a collection
 * @param laneDelay how long a task waits for its lane
 */
public record OverloadConfig(int heapPercent, Duration laneDelay) {
    public OverloadConfig {
        if (heapPercent < 1 || heapPercent > 100) {
            throw new IllegalArgumentException("overload.heap-percent must be 1 to 100: " + heapPercent);
        }
        if (laneDelay.isNegative() || laneDelay.isZero()) {
            throw new IllegalArgumentException("overload.lane-delay must be positive: " + laneDelay);
        }
    }
}
