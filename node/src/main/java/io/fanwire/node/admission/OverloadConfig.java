package io.fanwire.node.admission;

import java.time.Duration;

/**
 * When a node has as much to do as it can.
 *
 * @param heapPercent of the heap's maximum that is in use after a collection
 * @param laneDelay how long a task waits for its lane
 * @param memoryPercent of the container's memory that is in use
 * @param fullSockets clients that may leave their sockets full at the same time; 0: as many as the container has room for, while its memory is scarce
 */
public record OverloadConfig(int heapPercent, Duration laneDelay, int memoryPercent, int fullSockets) {
    public OverloadConfig {
        if (heapPercent < 1 || heapPercent > 100) {
            throw new IllegalArgumentException("overload.heap-percent must be 1 to 100: " + heapPercent);
        }
        if (memoryPercent < 1 || memoryPercent > 100) {
            throw new IllegalArgumentException("overload.memory-percent must be 1 to 100: " + memoryPercent);
        }
        if (fullSockets < 0) {
            throw new IllegalArgumentException("overload.full-sockets must not be negative: " + fullSockets);
        }
        if (laneDelay.isNegative() || laneDelay.isZero()) {
            throw new IllegalArgumentException("overload.lane-delay must be positive: " + laneDelay);
        }
    }
}
