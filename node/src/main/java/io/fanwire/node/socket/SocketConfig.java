package io.fanwire.node.socket;

/**
 * Where clients connect.
 *
 * @param host address to listen on
 * @param port 0 takes any free one
 */
public record SocketConfig(String host, int port) {
    public SocketConfig {
        if (host.isBlank()) throw new IllegalArgumentException("host must not be blank");
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("port must be 0 to 65535: " + port);
    }
}
