package io.fanwire.loadtest.chaos;

import io.fanwire.harness.NodeProcess;
import java.time.Duration;
import java.util.Objects;

/**
 * How a part ended that was asked to.
 *
 * @param time from when it was
 * @param exitCode 137 if it had to be killed
 */
public record Departure(Duration time, int exitCode) {
    /** The exit code of a process that SIGKILL has ended. */
    private static final int KILLED = 137;

    /** @param end makes it end, and returns when it has */
    static Departure of(NodeProcess node, Runnable end) {
        long start = System.nanoTime();
        end.run();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Departure(time, Objects.requireNonNull(node.exitCode(), "it has ended"));
    }

    boolean isKilled() {
        return exitCode == KILLED;
    }

    boolean isClean() {
        return exitCode == 0;
    }

    @Override
    public String toString() {
        return "ended after " + Step.text(time) + " with exit code " + exitCode;
    }
}
