package io.fanwire.loadtest.demo;

/** A sum over (offset, publication) that does not depend on order: equal sums, equal contents at equal positions. */
final class Checksum {
    private Checksum() {}

    /** One summand. Spread over all bits, so that no two mistakes cancel each other out. */
    static long of(long offset, long number) {
        return mix(mix(offset) + number);
    }

    // The finalizer of SplitMix64.
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
