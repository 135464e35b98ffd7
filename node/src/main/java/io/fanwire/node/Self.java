package io.fanwire.node;

import io.fanwire.node.backplane.Member;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What does not change of a node, as it tells the others.
 *
 * @param address where clients connect, for an operator to read
 * @param startedAtMs milliseconds since 1970-01-01T00:00Z
 */
record Self(String nodeId, String address, long startedAtMs) {
    /** @param host that it listens on */
    static Self of(String nodeId, String host, int port) {
        return new Self(nodeId, shown(host) + ":" + port, System.currentTimeMillis());
    }

    Member now(long connections, boolean draining, boolean accepting) {
        return new Member(nodeId, address, Version.text(), startedAtMs, (int) connections, draining, accepting, 0);
    }

    /** Of all addresses of a machine, its name says most. */
    private static String shown(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostName() : host;
        } catch (UnknownHostException e) {
            return host;
        }
    }
}
