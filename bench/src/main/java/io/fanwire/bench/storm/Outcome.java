package io.fanwire.bench.storm;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a storm was.
 *
 * @param steps of {@link Timeline#STEP_MILLIS} each
 * @param moves of each client: how often it was let in
 * @param nodes at the beginning
 */
@SuppressWarnings("ArrayRecordComponent") // one value per client, never compared
public record Outcome(List<Timeline.Step> steps, short[] moves, int nodes) {
    private static final double STEPS_PER_SECOND = 1_000.0 / Timeline.STEP_MILLIS;

    /** Clients that lost a connection. */
    public int affected() {
        int count = 0;
        for (short each : moves) if (each > 0) count++;
        return count;
    }

    /** New connections of each client, over all clients. */
    public double movesPerClient() {
        long sum = 0;
        for (short each : moves) sum += each;
        return (double) sum / moves.length;
    }

    /** Share of all clients that moved more than so often. */
    public double movedMoreThan(int times) {
        long count = 0;
        for (short each : moves) if (each > times) count++;
        return (double) count / moves.length;
    }

    /** What it took to come back once. */
    public double attemptsPerReturn() {
        long attempts = steps.stream().mapToLong(Timeline.Step::attempts).sum();
        long accepted = steps.stream().mapToLong(Timeline.Step::accepted).sum();
        return (double) attempts / accepted;
    }

    /** Attempts in the worst second, for each node that was there at first. */
    public double peakAttemptsPerNode() {
        return peak(Timeline.Step::attempts) / nodes;
    }

    /** Clients let in in the best second, likewise. */
    public double peakAcceptedPerNode() {
        return peak(Timeline.Step::accepted) / nodes;
    }

    /** Seconds until no more than this share of the affected clients was away, for good. */
    public double secondsUntilAway(double share) {
        double few = share * affected();
        int last = -1;
        for (int i = 0; i < steps.size(); i++) if (steps.get(i).away() > few) last = i;
        return (last + 2) / STEPS_PER_SECOND;
    }

    public int maxAway() {
        return steps.stream().mapToInt(Timeline.Step::away).max().orElse(0);
    }

    /** Clients of the fullest node at its fullest, in shares of an even spread. */
    public double fullest() {
        int most = steps.stream().mapToInt(Timeline.Step::fullest).max().orElse(0);
        return (double) most * nodes / moves.length;
    }

    /** Seconds from the beginning to the end of all. */
    public double seconds() {
        return steps.size() / STEPS_PER_SECOND;
    }

    /** The most in any second, from any step on. */
    private double peak(ToIntFunction<Timeline.Step> what) {
        int window = (int) STEPS_PER_SECOND;
        long sum = 0;
        long most = 0;
        for (int i = 0; i < steps.size(); i++) {
            sum += what.applyAsInt(steps.get(i));
            if (i >= window) sum -= what.applyAsInt(steps.get(i - window));
            most = Math.max(most, sum);
        }
        return most;
    }
}
