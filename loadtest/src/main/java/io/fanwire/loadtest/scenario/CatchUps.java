package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.result.Recovery;
import java.util.List;

/** How soon after a moment subscribers have everything. Any thread. */
public interface CatchUps {
    /** Of those who don't know what is due. */
    CatchUps NONE = new CatchUps() {
        @Override
        public void watch(double at, String fault) {}

        @Override
        public List<Recovery> recoveries() {
            return List.of();
        }
    };

    /**
     * A fault is over: from now on it counts how long it takes until every subscriber has what is acknowledged by now.
     *
     * @param at seconds since the start of the measured time
     */
    void watch(double at, String fault);

    /** Of all that were watched, in their order. */
    List<Recovery> recoveries();
}
