package io.fanwire.node.session;

import java.time.Duration;

/**
 * When a silent client is dead.
 *
 * @param interval of silence, in either direction, after which the node sends a heartbeat, unless the client wishes
 *     otherwise
 * @param timeout on top of the interval, after which a client that was not heard is dead, unless it wishes otherwise
 * @param minInterval the least that a client may wish for
 * @param maxInterval the most that a client may wish for
 * @param maxTimeout the most that a client may wish for
 */
public record HeartbeatConfig(
        Duration interval, Duration timeout, Duration minInterval, Duration maxInterval, Duration maxTimeout) {
    private static final Duration MOST = Duration.ofHours(1);

    public static final HeartbeatConfig DEFAULT = new HeartbeatConfig(Duration.ofSeconds(25), Duration.ofSeconds(10));

    public HeartbeatConfig {
        check("heartbeat.interval", interval);
        check("heartbeat.timeout", timeout);
        check("heartbeat.min-interval", minInterval);
        check("heartbeat.max-interval", maxInterval);
        check("heartbeat.max-timeout", maxTimeout);
    }

    /** Whatever clients wish. */
    public HeartbeatConfig(Duration interval, Duration timeout) {
        this(interval, timeout, interval, interval, timeout);
    }

    private static void check(String key, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(key + " must be positive: " + value);
        if (value.compareTo(MOST) > 0) throw new IllegalArgumentException(key + " must be at most 1h: " + value);
    }

    /** Silence from a client that ends its session. */
    Duration deadAfter() {
        return interval.plus(timeout);
    }
}
