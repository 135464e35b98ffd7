package io.fanwire.bench.capacity;

/**
 * How full things may be on a usual day.
 *
 * @param cpu of a node's cores: at 0.6, the loss of a third of the nodes leaves the others at 0.9
 * @param memory of a container's limit, and of the heap
 * @param network of a node's
 * @param redisCore of the one core that Redis runs commands on
 * @param stuck share of clients that do not read at a time
 * @param returnSeconds in which all clients are to be let in again after all were lost
 * @param handshakeRate {@code limits.handshake-rate}
 * @param compareSeconds {@code redis.compare-interval}
 */
public record Targets(
        double cpu,
        double memory,
        double network,
        double redisCore,
        double stuck,
        double returnSeconds,
        int handshakeRate,
        double compareSeconds) {
    public static final Targets DEFAULT = new Targets(0.6, 0.8, 0.5, 0.5, 0.001, 30, 2_000, 30);

    Targets withCompareSeconds(double seconds) {
        return new Targets(cpu, memory, network, redisCore, stuck, returnSeconds, handshakeRate, seconds);
    }
}
