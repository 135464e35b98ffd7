package io.fanwire.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM's stop-the-world pauses, whatever its collector, from the log that {@code -Xlog:safepoint} writes. */
public final class Pauses {
    private static final Pattern TOTAL = Pattern.compile("Total: +(\\d+) ns");

    private final Path log;
    private int seen;

    public Pauses(Path log) {
        this.log = log;
    }

    /** The JVM option that writes the log. */
    public String jvmOption() {
        return "-Xlog:safepoint:file=" + log + "::filecount=0";
    }

    /** What has been paused since the last call, or ever. */
    public Sum take() {
        List<Long> all = read();
        List<Long> fresh = all.subList(Math.min(seen, all.size()), all.size());
        seen = all.size();
        return new Sum(
                fresh.size(),
                fresh.stream().mapToLong(Long::longValue).sum(),
                fresh.stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private List<Long> read() {
        try {
            return Files.readString(log)
                    .lines()
                    .map(TOTAL::matcher)
                    .filter(Matcher::find)
                    .map(found -> Long.parseLong(found.group(1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no safepoint log", e);
        }
    }

    /**
     * @param count how many
     * @param nanos of all together
     * @param maxNanos of the longest
     */
    public record Sum(int count, long nanos, long maxNanos) {
        @Override
        public String toString() {
            return count == 0 ? "0" : "%d, %.1f ms, longest %.1f ms".formatted(count, nanos / 1e6, maxNanos / 1e6);
        }
    }
}
