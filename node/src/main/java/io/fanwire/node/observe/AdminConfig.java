package io.fanwire.node.observe;

/**
 * Where operators ask.
 *
 * @param host address to listen on
 * @param port 0 takes any free one
 */
public record AdminConfig(String host, int port) {
    public AdminConfig {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("admin.port must be 0 to 65535: " + port);
    }
}
