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
 */
public record Member(
        String nodeId, String address, String version, long startedAtMs, int connections, boolean draining) {}
