package io.fanwire.node.session;

import java.time.Duration;

/**
 * When a silent client is dead.
 *
 * @param interval of silence, in either direction, after which the node sends a heartbeat
 * @param timeout on top of the interval, after which a client that was not heard is dead
 */
public record HeartbeatConfig(Duration interval, Duration timeout) {
    public static final HeartbeatConfig DEFAULT = new HeartbeatConfig(Duration.ofSeconds(25), Duration.ofSeconds(10));

    public HeartbeatConfig {
        check("heartbeat.interval", interval);
        check("heartbeat.timeout", timeout);
    }

    /** Silence from a client that ends its session. */
    Duration deadAfter() {
        return interval.plus(timeout);
    }

    private static void check(String key, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(key + " must be positive: " + value);
        if (value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(key + " must be at most 1h: " + value);
        }
    }
}
