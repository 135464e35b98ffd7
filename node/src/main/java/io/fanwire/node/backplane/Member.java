package io.fanwire.node.backplane;

/**
 * One node of the cluster, as it told the others.
 *
 * @param nodeId names it
 * @param address where its clients connect, host and port, for an operator to read
 * @param version of its program
 * @param startedAtMs milliseconds since 1970-01-01T00:00Z, by its own clock
 * @param connections open now
 * @param draining whether it takes no new ones, and says goodbye to those it has
 * @param accepting whether it takes new ones: one that drains does not, nor one that is full or has too much to do
 * @param silentMs milliseconds since it said so; by the backplane's clock, and supposed that all have the same lease
 */
public record Member(
        String nodeId,
        String address,
        String version,
        long startedAtMs,
        int connections,
        boolean draining,
        boolean accepting,
        long silentMs) {
    /** The same, said so long ago. */
    public Member silentFor(long millis) {
        return new Member(nodeId, address, version, startedAtMs, connections, draining, accepting, millis);
    }
}
