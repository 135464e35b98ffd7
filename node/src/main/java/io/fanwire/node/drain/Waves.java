package io.fanwire.node.drain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How goodbyes are spread over time: a wave each 100 ms, each of its share of those who are left, give or take half of
 * it. Few clients are done soon, many take the whole time.
 */
final class Waves {
    static final Duration PACE = Duration.ofMillis(100);

    // Other nodes take as many handshakes without noticing.
    private static final int LEAST_PER_SECOND = 100;

    private final RandomGenerator random;
    private final long endsAt;

    /**
     * @param now in nanoseconds, as all times here
     * @param most that it may take
     * @param clients that are there
     */
    Waves(long now, Duration most, int clients, RandomGenerator random) {
        this.random = random;
        long enough = Duration.ofSeconds(1).toNanos() * clients / LEAST_PER_SECOND;
        endsAt = now + Math.min(most.toNanos(), enough);
    }

    /** When the last wave is. */
    long endsAt() {
        return endsAt;
    }

    /** How many go now, of those who are left. */
    int next(long now, int left) {
        long waves = (endsAt - now) / PACE.toNanos();
        if (waves < 1) return left;
        double share = left / (waves + 1.0) * random.nextDouble(0.5, 1.5);
        // Rounded by chance: a share below one is one now and then.
        return (int) (share + random.nextDouble());
    }
}
