package io.fanwire.node.sim;

import io.fanwire.node.lane.NanoClock;
import java.time.Duration;

/** Time that passes when the simulation says so. */
final class SimClock implements NanoClock {
    private long nanos;

    @Override
    public long nanoTime() {
        return nanos;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
    }
}
