package io.fanwire.loadtest.scenario;

/**
 * Which part of a run is this process'.
 *
 * @param index counted from 0
 * @param count of all processes
 */
public record Share(int index, int count) {
    public static final Share ALL = new Share(0, 1);

    public Share {
        if (index < 0 || index >= count) throw new IllegalArgumentException("share " + index + " of " + count);
    }

    /** The first of so many things that is this process'; all shares together have each once. */
    public int from(int total) {
        return (int) ((long) total * index / count);
    }

    /** Behind the last one. */
    public int to(int total) {
        return (int) ((long) total * (index + 1) / count);
    }

    /** How many of so many. */
    public int of(int total) {
        return to(total) - from(total);
    }
}
