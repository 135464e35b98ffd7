package io.fanwire.loadtest.fleet;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How far another process' clock is from this one's.
 *
 * @param nanos positive if the other is ahead
 * @param errorNanos half of the round trip in which it was read: more than that it can't be wrong
 */
record Skew(long nanos, long errorNanos) {
    private static final int READINGS = 20;
    private static final long REMARKABLE_NANOS = 1_000_000;
    private static final long UNBEARABLE_NANOS = 100_000_000;

    /** The reading with the shortest round trip of many: the first ones wait for the JVMs to compile. */
    static Skew of(Peer other, Duration patience) throws IOException, InterruptedException {
        Skew best = read(other, patience);
        for (int i = 1; i < READINGS; i++) {
            Skew next = read(other, patience);
            if (next.errorNanos < best.errorNanos) best = next;
        }
        return best;
    }

    /**
     * Latencies from one process to another are wrong by so much.
     *
     * @throws ScenarioException if they would mean nothing
     */
    void check(Consumer<String> remarks, Peer other) {
        if (sureNanos() > UNBEARABLE_NANOS)
            throw new ScenarioException(Fault.TOOL, text() + ": set the clocks, latencies would mean nothing");
        if (sureNanos() > REMARKABLE_NANOS)
            remarks.accept("the worker at " + other + " says: " + text() + ": latencies are wrong by as much");
    }

    private long sureNanos() {
        return Math.max(0, Math.abs(nanos) - errorNanos);
    }

    private String text() {
        return String.format(
                Locale.ROOT,
                "its clock is %.1f ms %s the coordinator's (to %.1f ms)",
                Math.abs(nanos) / 1e6,
                nanos > 0 ? "ahead of" : "behind",
                errorNanos / 1e6);
    }

    private static Skew read(Peer other, Duration patience) throws IOException, InterruptedException {
        long sent = WallClock.nanos();
        other.say(new Message.Ping());
        Message.Pong answer = (Message.Pong) other.hear(patience);
        return between(sent, answer.wallNanos(), WallClock.nanos());
    }

    /** As NTP does: the other clock was read in the middle of the round trip. */
    static Skew between(long sent, long read, long received) {
        long half = (received - sent) / 2;
        return new Skew(read - sent - half, half);
    }
}
