package io.fanwire.bench.storm;

import java.time.Duration;

/**
 * A cluster before the storm.
 *
 * @param clients that are connected, evenly
 * @param minBackoff the clients', as {@code maxBackoff}
 * @param latency from a client's decision to its arrival at a node
 * @param choices random nodes of which the balancer takes the one with the fewest clients; 1: just a random one
 * @param rebalance whether nodes hand off what they have too many
 * @param drainTolerancePercent above the average, from which on they do so while nodes drain
 * @param seed the same seed draws the same storm
 */
public record StormConfig(
        int clients,
        int nodes,
        DoorConfig door,
        Duration minBackoff,
        Duration maxBackoff,
        Duration latency,
        int choices,
        boolean rebalance,
        int drainTolerancePercent,
        long seed) {
    public StormConfig {
        if (nodes < 2) throw new IllegalArgumentException("a storm needs 2 nodes at least: " + nodes);
        if (clients < nodes) throw new IllegalArgumentException("each node needs a client: " + clients);
    }
}
