package io.fanwire.loadtest.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A set of numbers from 0 on, kept as ranges: millions of offsets without a hole are one. Adding what is next costs next
 * to nothing. Not thread-safe; {@link #and}, {@link #minus} and {@link #plus} change neither side.
 */
public final class Intervals {
    /** First and last of each range in turn, both inclusive; between two ranges at least one number is missing. */
    private long[] bounds = new long[2];

    private int used;

    public Intervals() {}

    /** @param bounds first and last of each range in turn, both inclusive, rising */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Intervals of(long... bounds) {
        if (bounds.length % 2 != 0) throw new IllegalArgumentException("a range without an end: " + bounds.length);
        Intervals intervals = new Intervals();
        for (int i = 0; i < bounds.length; i += 2) intervals.add(bounds[i], bounds[i + 1]);
        return intervals;
    }

    @JsonValue
    public long[] toArray() {
        return Arrays.copyOf(bounds, used);
    }

    public Intervals copy() {
        Intervals copy = new Intervals();
        copy.bounds = Arrays.copyOf(bounds, Math.max(2, used));
        copy.used = used;
        return copy;
    }

    /** Returns whether it was not there before. */
    public boolean add(long number) {
        if (used > 0 && number <= last() && contains(number)) return false;
        add(number, number);
        return true;
    }

    /** Adds a range, both ends inclusive; an empty one if {@code to} is less than {@code from}. */
    public void add(long from, long to) {
        if (from < 0) throw new IllegalArgumentException("less than 0: " + from);
        if (to < from) return;
        if (used == 0 || from - 1 > last()) {
            append(from, to);
        } else if (from - 1 == last()) {
            bounds[used - 1] = to;
        } else {
            merge(from, to);
        }
    }

    public boolean contains(long number) {
        return touches(number, number);
    }

    /** Whether any number of the range is there, both ends inclusive. */
    public boolean touches(long from, long to) {
        int range = firstEndingAtOrAfter(from);
        return range < used && bounds[range] <= to;
    }

    public boolean isEmpty() {
        return used == 0;
    }

    /** How many numbers. */
    public long count() {
        long count = 0;
        for (int i = 0; i < used; i += 2) count += bounds[i + 1] - bounds[i] + 1;
        return count;
    }

    /** The lowest number; there must be one. */
    public long first() {
        if (used == 0) throw new IllegalStateException("empty");
        return bounds[0];
    }

    /** The highest number; there must be one. */
    public long last() {
        if (used == 0) throw new IllegalStateException("empty");
        return bounds[used - 1];
    }

    /** What is in one of them or in both. */
    public Intervals plus(Intervals other) {
        Intervals all = copy();
        for (int i = 0; i < other.used; i += 2) all.add(other.bounds[i], other.bounds[i + 1]);
        return all;
    }

    /** What is in both. */
    public Intervals and(Intervals other) {
        Intervals both = new Intervals();
        for (int mine = 0, its = 0; mine < used && its < other.used; ) {
            both.add(Math.max(bounds[mine], other.bounds[its]), Math.min(bounds[mine + 1], other.bounds[its + 1]));
            if (bounds[mine + 1] < other.bounds[its + 1]) mine += 2;
            else its += 2;
        }
        return both;
    }

    /** What is in this one only. */
    public Intervals minus(Intervals other) {
        Intervals rest = new Intervals();
        int its = 0;
        for (int mine = 0; mine < used; mine += 2) {
            while (its < other.used && other.bounds[its + 1] < bounds[mine]) its += 2;
            rest.addCut(bounds[mine], bounds[mine + 1], other, its);
        }
        return rest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals that && Arrays.equals(bounds, 0, used, that.bounds, 0, that.used);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    /** Like {@code 1-5, 7}. */
    @Override
    public String toString() {
        return IntStream.range(0, used / 2)
                .mapToObj(i -> shown(bounds[2 * i], bounds[2 * i + 1]))
                .collect(Collectors.joining(", "));
    }

    /** Adds a range without what the other one has from its range {@code cut} on. */
    private void addCut(long from, long to, Intervals other, int cut) {
        long begin = from;
        for (int i = cut; i < other.used && other.bounds[i] <= to; i += 2) {
            add(begin, other.bounds[i] - 1);
            // The last range may reach to the highest number of all.
            if (other.bounds[i + 1] >= to) return;
            begin = other.bounds[i + 1] + 1;
        }
        add(begin, to);
    }

    private static String shown(long from, long to) {
        return from == to ? "" + from : from + "-" + (to == Long.MAX_VALUE ? "" : to);
    }

    private void append(long from, long to) {
        if (used == bounds.length) bounds = Arrays.copyOf(bounds, 2 * used);
        bounds[used++] = from;
        bounds[used++] = to;
    }

    /** One range of the new one and all that it touches. */
    private void merge(long from, long to) {
        int begin = firstEndingAtOrAfter(from == 0 ? 0 : from - 1);
        int end = begin;
        long lowest = from;
        long highest = to;
        for (; end < used && bounds[end] - 1 <= to; end += 2) {
            lowest = Math.min(lowest, bounds[end]);
            highest = Math.max(highest, bounds[end + 1]);
        }
        replace(begin, end, lowest, highest);
    }

    private void replace(int begin, int end, long from, long to) {
        int usedNow = used - (end - begin) + 2;
        if (usedNow > bounds.length) bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        System.arraycopy(bounds, end, bounds, begin + 2, used - end);
        bounds[begin] = from;
        bounds[begin + 1] = to;
        used = usedNow;
    }

    /** The index of the first range whose end is not before a number. */
    private int firstEndingAtOrAfter(long number) {
        int low = 0;
        int high = used / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < number) low = middle + 1;
            else high = middle;
        }
        return 2 * low;
    }
}
