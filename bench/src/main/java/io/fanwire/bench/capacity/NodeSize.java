package io.fanwire.bench.capacity;

/**
 * What one node has.
 *
 * @param memoryBytes its container's limit; half of it is the heap
 * @param files that it may open
 * @param networkBits a second, out
 * @param tried connections that somebody has seen on such a node, and so the most that it is given
 */
public record NodeSize(String name, int cores, long memoryBytes, long files, double networkBits, long tried) {
    private static final long GIB = 1L << 30;

    /** As in {@code k8s/base}, with the target of its autoscaler: 19,000 were measured on two cores. */
    public static final NodeSize BASE = new NodeSize("2 cores, 2 GiB", 2, 2 * GIB, 1_048_576, 1e9, 20_000);

    /** What nobody has measured: the same in proportion. */
    public static final NodeSize LARGE = new NodeSize("8 cores, 8 GiB", 8, 8 * GIB, 1_048_576, 4e9, 100_000);

    double heapBytes() {
        return memoryBytes / 2.0;
    }

    /** {@code topics.all-logs-bytes}: a quarter of the heap. */
    double logBytes() {
        return heapBytes() / 4;
    }
}
