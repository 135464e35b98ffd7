package io.fanwire.node.session;

import io.fanwire.protocol.v1.Connect;
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
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);

    // Behind what it is checked against.
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

    /** What holds for a client that has these wishes. What the node would do by itself is always allowed. */
    Agreement agree(Connect wishes) {
        return new Agreement(
                agree(wishes.getHeartbeatIntervalMs(), interval, minInterval, maxInterval),
                agree(wishes.getHeartbeatTimeoutMs(), timeout, LEAST_TIMEOUT, maxTimeout));
    }

    private static Duration agree(int wishMillis, Duration usual, Duration least, Duration most) {
        if (wishMillis == 0) return usual;
        Duration wish = Duration.ofMillis(Integer.toUnsignedLong(wishMillis));
        return max(min(wish, max(most, usual)), min(least, usual));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** What holds between the node and one client; see {@link HeartbeatConfig}. */
    record Agreement(Duration interval, Duration timeout) {
        private static final double JITTER = 0.1;

        /**
         * With a somewhat shorter interval, so that clients which came together don't beat together.
         *
         * @param lot 0 to 1
         */
        Agreement jittered(double lot) {
            long millis = Math.round(interval.toMillis() * (1 - JITTER * lot));
            return new Agreement(Duration.ofMillis(Math.max(1, millis)), timeout);
        }

        /** Silence from a client that ends its session. */
        Duration deadAfter() {
            return interval.plus(timeout);
        }
    }
}
