package io.fanwire.loadtest.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What stood at which offset, as a sum for each {@value #BLOCK} offsets that does not depend on order: equal sums over
 * equal offsets, equal publications at each. Not thread-safe.
 */
public final class Contents {
    static final int BLOCK = 1_024;

    private final TreeMap<Long, Sum> blocks = new TreeMap<>();
    // The one that the last offset was in, and mostly the next one is.
    private long lastBlock = -1;
    private Sum last = new Sum();

    public Contents() {}

    /** @param flat each block's first offset and its sum, in turn */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Contents of(long... flat) {
        Contents contents = new Contents();
        for (int i = 0; i + 1 < flat.length; i += 2) contents.sum(flat[i] / BLOCK).value += flat[i + 1];
        return contents;
    }

    @JsonValue
    public long[] toArray() {
        long[] flat = new long[2 * blocks.size()];
        int i = 0;
        for (Map.Entry<Long, Sum> each : blocks.entrySet()) {
            flat[i++] = each.getKey() * BLOCK;
            flat[i++] = each.getValue().value;
        }
        return flat;
    }

    /** @param publication a number that no other publication of the topic has */
    public void add(long offset, long publication) {
        long block = offset / BLOCK;
        if (block != lastBlock) {
            last = sum(block);
            lastBlock = block;
        }
        last.value += mix(mix(offset) + publication);
    }

    public Contents plus(Contents other) {
        Contents all = of(toArray());
        other.blocks.forEach((block, sum) -> all.sum(block).value += sum.value);
        return all;
    }

    public Contents copy() {
        return of(toArray());
    }

    /** The sum of the block that an offset is in. */
    long sumAt(long offset) {
        Sum sum = blocks.get(offset / BLOCK);
        return sum == null ? 0 : sum.value;
    }

    /** The first offset of each block. */
    LongStream blocks() {
        return blocks.keySet().stream().mapToLong(block -> block * BLOCK);
    }

    private Sum sum(long block) {
        return blocks.computeIfAbsent(block, each -> new Sum());
    }

    // The finalizer of SplitMix64: spread over all bits, no two mistakes cancel each other out.
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static final class Sum {
        private long value;
    }
}
