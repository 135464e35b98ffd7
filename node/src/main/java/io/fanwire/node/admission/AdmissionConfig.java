package io.fanwire.node.admission;

import java.time.Duration;
import java.util.List;

/**
 * Who may come in.
 *
 * @param maxConnections of the node; 0: as many as files may be open, less a tenth, and memory has room for
 * @param maxConnectionsPerAddress 0: no limit
 * @param handshakeRate a second; 0: no limit
 * @param maxPendingHandshakes connections that have not finished their handshake
 * @param handshakeTimeout from the accepted TCP connection to the end of the handshake
 * @param maxHeaderBytes of a handshake
 * @param addressFrom who says which address a client has
 * @param trusted networks of proxies that are believed, such as {@code 10.0.0.0/8}
 * @param overload when the node takes no more
 */
public record AdmissionConfig(
        int maxConnections,
        int maxConnectionsPerAddress,
        int handshakeRate,
        int maxPendingHandshakes,
        Duration handshakeTimeout,
        int maxHeaderBytes,
        AddressSource addressFrom,
        List<String> trusted,
        OverloadConfig overload) {
    public AdmissionConfig {
        trusted = List.copyOf(trusted);
        check("limits.connections", maxConnections);
        check("limits.connections-per-address", maxConnectionsPerAddress);
        check("limits.handshake-rate", handshakeRate);
        if (maxPendingHandshakes < 1) {
            throw new IllegalArgumentException("limits.pending-handshakes must be positive: " + maxPendingHandshakes);
        }
        if (handshakeTimeout.isNegative() || handshakeTimeout.isZero()) {
            throw new IllegalArgumentException("limits.handshake-timeout must be positive: " + handshakeTimeout);
        }
        if (maxHeaderBytes < 1_024 || maxHeaderBytes > 65_536) {
            throw new IllegalArgumentException("limits.header-bytes must be 1024 to 65536: " + maxHeaderBytes);
        }
        if (addressFrom != AddressSource.NONE && trusted.isEmpty()) {
            throw new IllegalArgumentException(
                    "proxy.trusted must name the proxies' networks where proxy.address-from is set");
        }
        trusted.forEach(Network::parse);
    }

    private static void check(String key, int value) {
        if (value < 0) throw new IllegalArgumentException(key + " must not be negative: " + value);
    }
}
