package io.fanwire.loadtest.chaos;

/**
 * What a cluster has to have so that a plan can be carried out on it.
 *
 * @param losesClients whether clients are cut off from it at times, as a whole
 */
public record Layout(NodeSetup nodes, RedisSetup redis, boolean losesClients) {
    /** Nodes and a Redis that keeps nothing. */
    public static Layout plain(int nodes) {
        return new Layout(NodeSetup.plain(nodes), RedisSetup.PLAIN, false);
    }
}
