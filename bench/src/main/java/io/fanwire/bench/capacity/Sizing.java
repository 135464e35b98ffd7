package io.fanwire.bench.capacity;

import java.util.Map;

/**
 * What a number of connections needs.
 *
 * @param nodes that it takes
 * @param binding what asks for so many
 * @param needed nodes for each bound alone; for {@link Bound#CPU} with the copies that so many nodes get
 * @param nodeCores CPU of a node, in cores
 * @param nodeMemory of a node, in bytes
 * @param deliveriesPerNode a second
 * @param bitsPerNode a second, out to clients
 * @param publications a second, in the whole cluster
 * @param copies nodes that hear a publication
 * @param comparisons of quiet topics with Redis, a second
 * @param redisCores of the one that Redis has for commands, once it writes to a node many publications at a time: from
 *     one on it falls behind
 * @param redisTurnMillis how long a turn of Redis' loop takes, in which each node gets one write: what a publication waits
 * @param redisBits a second, out
 * @param redisMemory in bytes
 */
public record Sizing(
        int nodes,
        Bound binding,
        Map<Bound, Integer> needed,
        double nodeCores,
        double nodeMemory,
        double deliveriesPerNode,
        double bitsPerNode,
        double publications,
        double copies,
        double comparisons,
        double redisCores,
        double redisTurnMillis,
        double redisBits,
        double redisMemory) {
    public Sizing {
        needed = Map.copyOf(needed);
    }

    /** Servers that share the topics, so that none has more to do than this. */
    public int redisServers(double target) {
        return (int) Math.max(1, Math.ceil(redisCores / target));
    }
}
