package io.fanwire.loadtest.measure;

/**
 * The time of day in nanoseconds, that does not jump in a run: read once, and moved on by {@link System#nanoTime}. Of two
 * processes of one machine it is the same to some microseconds, of two machines as good as their clocks are set.
 */
public final class WallClock {
    private static final int READINGS = 1_000;
    private static volatile long offset = offset();

    private WallClock() {}

    /**
     * Reads the system's clock again. For a process of many runs, between them: the system's clock is set meanwhile, and
     * this one would stay behind.
     */
    public static void read() {
        offset = offset();
    }

    /** Nanoseconds since 1970-01-01T00:00Z. */
    public static long nanos() {
        return System.nanoTime() + offset;
    }

    /** The same of a {@link System#nanoTime}. */
    public static long ofNanoTime(long nanoTime) {
        return nanoTime + offset;
    }

    // The system's clock is read to the microsecond or worse: the latest of many readings was just behind its tick.
    private static long offset() {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < READINGS; i++) {
            java.time.Instant now = java.time.Instant.now();
            long offset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
            latest = Math.max(latest, offset);
        }
        return latest;
    }
}
