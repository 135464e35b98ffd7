package io.fanwire.node.session;

import io.fanwire.protocol.Limits;
import java.time.Duration;

/**
 * What one session may do.
 *
 * @param connectTimeout from the open connection to the connect command
 * @param writeTimeout how long its socket may take not one byte of what is written
 * @param age when it is told to come again, give or take a tenth; zero: never
 * @param frameBytes of one message
 * @param commandsPerFrame in one message
 * @param payloadBytes of one publication
 * @param subscriptions at the same time
 */
public record SessionLimits(
        Duration connectTimeout,
        Duration writeTimeout,
        Duration age,
        int frameBytes,
        int commandsPerFrame,
        int payloadBytes,
        int subscriptions,
        RateConfig rates) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ZERO,
            Limits.MAX_CLIENT_FRAME_BYTES,
            Limits.MAX_COMMANDS_PER_FRAME,
            Limits.MAX_PAYLOAD_BYTES,
            1_000,
            RateConfig.UNLIMITED);

    private static final int LEAST_FRAME_BYTES = 1_024;
    private static final double AGE_JITTER = 0.1;

    public SessionLimits {
        positive("connect-timeout", connectTimeout);
        positive("limits.write-timeout", writeTimeout);
        if (age.isNegative()) throw new IllegalArgumentException("limits.connection-age must not be negative: " + age);
        within("limits.frame-bytes", LEAST_FRAME_BYTES, Limits.MAX_CLIENT_FRAME_BYTES, frameBytes);
        within("limits.commands-per-frame", 1, Limits.MAX_COMMANDS_PER_FRAME, commandsPerFrame);
        within("limits.payload-bytes", 1, Limits.MAX_PAYLOAD_BYTES, payloadBytes);
        if (subscriptions < 1) {
            throw new IllegalArgumentException("limits.subscriptions must be positive: " + subscriptions);
        }
    }

    /**
     * The age of one session: those that came together are not to leave together.
     *
     * @param lot 0 to 1
     */
    Duration jitteredAge(double lot) {
        double share = 1 + (lot - 0.5) * 2 * AGE_JITTER;
        return Duration.ofMillis(Math.round(age.toMillis() * share));
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be positive: " + value);
        }
    }

    private static void within(String key, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ": " + value);
        }
    }
}
