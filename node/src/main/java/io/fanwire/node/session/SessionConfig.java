package io.fanwire.node.session;

import io.fanwire.protocol.Limits;
import java.time.Duration;

/**
 * What a session may do.
 *
 * @param connectTimeout from the open connection to the connect command
 * @param maxPayloadBytes of one publication
 * @param maxSubscriptions of one session
 */
public record SessionConfig(
        HeartbeatConfig heartbeat, Duration connectTimeout, int maxPayloadBytes, int maxSubscriptions) {
    public static final SessionConfig DEFAULT =
            new SessionConfig(HeartbeatConfig.DEFAULT, Duration.ofSeconds(10), Limits.MAX_PAYLOAD_BYTES, 1_000);

    public SessionConfig {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connect-timeout must be positive: " + connectTimeout);
        }
        if (maxPayloadBytes < 1 || maxPayloadBytes > Limits.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "limits.payload-bytes must be 1 to " + Limits.MAX_PAYLOAD_BYTES + ": " + maxPayloadBytes);
        }
        if (maxSubscriptions < 1) {
            throw new IllegalArgumentException("limits.subscriptions must be positive: " + maxSubscriptions);
        }
    }
}
