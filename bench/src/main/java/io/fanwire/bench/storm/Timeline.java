package io.fanwire.bench.storm;

import java.util.ArrayList;
import java.util.List;

/** What happened in each step of 100 ms. One thread. */
public final class Timeline {
    /** A step. */
    public static final int STEP_MILLIS = 100;

    private final List<Step> steps = new ArrayList<>();
    private int attempts;
    private int accepted;
    private int refused;
    private int failed;

    /**
     * @param attempts that reached the cluster, or found nobody there
     * @param accepted that were let in
     * @param refused answered with 503
     * @param failed without an answer: nobody there, or pushed out by others
     * @param away clients without a connection at the end of the step
     * @param fullest clients of the fullest node then
     */
    public record Step(int attempts, int accepted, int refused, int failed, int away, int fullest) {}

    void attempt() {
        attempts++;
    }

    void accept() {
        accepted++;
    }

    void refuse() {
        refused++;
    }

    void fail() {
        failed++;
    }

    void endStep(int away, int fullest) {
        steps.add(new Step(attempts, accepted, refused, failed, away, fullest));
        attempts = 0;
        accepted = 0;
        refused = 0;
        failed = 0;
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }
}
