package io.fanwire.node.drain;

import java.time.Duration;

/**
 * How clients leave a node that stops.
 *
 * @param delay from being unready to the first goodbye, for balancers to take notice
 * @param duration over which the goodbyes are spread, at most
 * @param grace after which who is still there is cut
 */
public record DrainConfig(Duration delay, Duration duration, Duration grace) {
    private static final Duration MOST = Duration.ofHours(1);

    public DrainConfig {
        check("drain.delay", delay);
        check("drain.duration", duration);
        check("drain.grace", grace);
        if (grace.isZero()) throw new IllegalArgumentException("drain.grace must be positive: " + grace);
    }

    private static void check(String key, Duration value) {
        if (value.isNegative() || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(key + " must be at most 1h: " + value);
        }
    }
}
