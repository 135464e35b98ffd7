package io.fanwire.node.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The memory that the kernel gives this process' container, and kills it beyond. What is in use counts without the
 * kernel's cache of files, which it takes back by itself. Of sockets it counts what the kernel counts: with version 2 of
 * control groups all that they hold, with version 1 none. What clients may take of it follows from the limit alone; see
 * docs/decisions/0014-memory-of-a-container.md. Any thread.
 */
public final class ContainerMemory implements IntSupplier {
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
    // Version 1 has no word for "no limit": it is the largest number of pages.
    private static final long NO_LIMIT = 1L << 60;

    // The heap takes half of the limit, and the JVM besides it about as much in a container of any size.
    private static final long JVM_BYTES = 160L << 20;
    // What must be there for clients in a container that is too small for that.
    private static final int LEAST_SPARE_SHARE = 16;
    // An idle connection takes 4 KB of the heap, and 2 to 5 KB of the kernel's.
    private static final long KERNEL_BYTES_PER_CONNECTION = 5 << 10;

    // So that as many full sockets fit into a container of any size up to 2 GiB.
    private static final long LIMIT_PER_SEND_BUFFER = 16 << 10;
    private static final int LEAST_SEND_BUFFER = 16 << 10;
    // Twice the largest slice.
    private static final int MOST_SEND_BUFFER = 128 << 10;
    // The kernel doubles what it is asked for, and has its own overhead on it.
    private static final double SOCKET_PER_SEND_BUFFER = 2.5;
    // Of a large container: the rest is for what else is on its way.
    private static final int SHARE_OF_SOCKETS = 8;
    private static final int SCARCE_PERCENT = 80;

    private final OptionalLong limit;
    private final Path usage;
    private final Path statistics;
    private final Set<String> fileCache;

    private ContainerMemory(OptionalLong limit, Path usage, Path statistics, Set<String> fileCache) {
        this.limit = limit;
        this.usage = usage;
        this.statistics = statistics;
        this.fileCache = fileCache;
    }

    /** Of this process; without a limit where it has none, or its system does not tell. */
    public static ContainerMemory ofThisProcess() {
        return under(CONTROL_GROUPS);
    }

    static ContainerMemory under(Path groups) {
        ContainerMemory second = new ContainerMemory(
                limit(groups.resolve("memory.max")),
                groups.resolve("memory.current"),
                groups.resolve("memory.stat"),
                Set.of("inactive_file", "active_file"));
        if (second.limit.isPresent()) return second;
        Path first = groups.resolve("memory");
        return new ContainerMemory(
                limit(first.resolve("memory.limit_in_bytes")),
                first.resolve("memory.usage_in_bytes"),
                first.resolve("memory.stat"),
                Set.of("total_inactive_file", "total_active_file"));
    }

    /** In bytes. */
    public OptionalLong limit() {
        return limit;
    }

    /** What is in use, in percent of the limit; 0 where there is none or it can't be read. */
    @Override
    public int getAsInt() {
        if (limit.isEmpty()) return 0;
        long used = number(usage).orElse(0) - cachedFiles();
        return (int) (Math.max(0, used) * 100 / limit.getAsLong());
    }

    /** Whether full sockets could take what is left: a full heap, the JVM and what is idle leave a fifth. */
    public boolean isScarce() {
        return getAsInt() >= SCARCE_PERCENT;
    }

    /** How many connections have room if most of them are idle. */
    int forConnections() {
        return limit.isEmpty() ? Integer.MAX_VALUE : bounded(spare() / 2 / KERNEL_BYTES_PER_CONNECTION);
    }

    /** How many connections may have full sockets at the same time. */
    public int forFullSockets() {
        if (limit.isEmpty()) return Integer.MAX_VALUE;
        long share = Math.min(limit.getAsLong() / SHARE_OF_SOCKETS, spare() / 2);
        return bounded((long) (share / (sendBufferBytes() * SOCKET_PER_SEND_BUFFER)));
    }

    /** What a client's socket may be asked to hold of what the client has not read. */
    public int sendBufferBytes() {
        long share = limit.orElse(Long.MAX_VALUE) / LIMIT_PER_SEND_BUFFER;
        return (int) Math.max(LEAST_SEND_BUFFER, Math.min(share, MOST_SEND_BUFFER));
    }

    /** What a full heap and the JVM leave: one half of it for idle connections, the other for full sockets. */
    private long spare() {
        long all = limit.orElseThrow();
        return Math.max(all / 2 - JVM_BYTES, all / LEAST_SPARE_SHARE);
    }

    private long cachedFiles() {
        try {
            return Files.readString(statistics)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .filter(words -> words.length == 2 && fileCache.contains(words[0]))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .sum();
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static OptionalLong limit(Path file) {
        return Optional.of(number(file))
                .filter(found -> found.orElse(0) < NO_LIMIT)
                .orElse(OptionalLong.empty());
    }

    /** Empty if it is no number, such as "max", or is not there. */
    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static int bounded(long count) {
        return (int) Math.max(1, Math.min(count, Integer.MAX_VALUE));
    }
}
