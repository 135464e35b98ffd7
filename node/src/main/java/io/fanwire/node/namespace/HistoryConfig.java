package io.fanwire.node.namespace;

import java.time.Duration;

/**
 * How much of a topic's past Redis keeps. Whichever bound is reached first drops the oldest; up to an eighth more may be
 * kept for a while, so that not every publication has to drop one.
 *
 * @param size publications; 0 for no history
 * @param age since the publication, by Redis' clock; the whole history goes when nothing was published for as long
 * @param bytes of all publications together, as they are stored
 */
public record HistoryConfig(int size, Duration age, long bytes) {
    private static final int MAX_SIZE = 1_000_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    // Behind the bounds that their constructor looks at.
    public static final HistoryConfig NONE = new HistoryConfig(0, Duration.ofMinutes(5), 1 << 20);
    public static final HistoryConfig DEFAULT = new HistoryConfig(1_000, Duration.ofMinutes(5), 1 << 20);

    /** @throws IllegalArgumentException that starts with the setting's name within its namespace */
    public HistoryConfig {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("history-size must be 0 to " + MAX_SIZE + ": " + size);
        }
        if (age.compareTo(SHORTEST) < 0 || age.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("history-age must be 1s to 720h: " + age);
        }
        if (bytes < 1) throw new IllegalArgumentException("history-bytes must be positive: " + bytes);
    }

    public boolean isKept() {
        return size > 0;
    }
}
