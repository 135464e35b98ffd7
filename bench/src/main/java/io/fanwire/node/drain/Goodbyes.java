package io.fanwire.node.drain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The waves in which a node sends its clients away, by the node's own code. Times are in nanoseconds. One thread. */
public final class Goodbyes {
    /** Between two waves. */
    public static final Duration PACE = Waves.PACE;

    private final Waves waves;

    /**
     * @param most that it may take
     * @param clients that are there
     */
    public Goodbyes(long now, Duration most, int clients, RandomGenerator random) {
        waves = new Waves(now, most, clients, random);
    }

    /** How many go now, of those who are left; to be asked at each pace. */
    public int next(long now, int left) {
        return waves.next(now, left);
    }
}
