package io.fanwire.node.drain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How goodbyes are spread over time: a wave each 100 ms or a little more, each of its share of those who are left by the
 * time since the one before, give or take half of it. Few clients are done soon, many take the whole time.
 */
final class Waves {
    static final Duration PACE = Duration.ofMillis(100);

    // Other nodes take as many handshakes without noticing.
    private static final int LEAST_PER_SECOND = 100;

    // Timers are late by half a pace as a rule. What a loop that hung has missed is spread over the rest.
    private static final long MOST_BETWEEN = 2 * PACE.toNanos();

    private final RandomGenerator random;
    private final long endsAt;
    private long last;

    /**
     * @param now in nanoseconds, as all times here
     * @param most that it may take
     * @param clients that are there
     */
    Waves(long now, Duration most, int clients, RandomGenerator random) {
        this.random = random;
        long enough = Duration.ofSeconds(1).toNanos() * clients / LEAST_PER_SECOND;
        endsAt = now + Math.min(most.toNanos(), enough);
        last = now - PACE.toNanos();
    }

    /** When the last wave is. */
    long endsAt() {
        return endsAt;
    }

    /** How many go now, of those who are left. */
    int next(long now, int left) {
        double passed = Math.min(now - last, MOST_BETWEEN);
        last = now;
        if (endsAt - now < PACE.toNanos()) return left;
        double share = left * passed / (endsAt - now + passed) * random.nextDouble(0.5, 1.5);
        // Rounded by chance: a share below one is one now and then.
        return (int) (share + random.nextDouble());
    }
}
