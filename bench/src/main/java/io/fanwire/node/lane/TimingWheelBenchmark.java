package io.fanwire.node.lane;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The wheel of a lane with 20,000 sessions: each has a heartbeat that is always set. */
@State(Scope.Thread)
public class TimingWheelBenchmark {
    private static final long TICK_NANOS = TimingWheel.TICK.toNanos();
    private static final long MILLI_NANOS = 1_000_000;

    // A prime, so that every timer has its turn, and one after the other is not one beside the other.
    private static final int STRIDE = 7919;

    @Param("20000")
    int timers;

    /** Within a turn of the wheel, and more than two. */
    @Param({"15000", "60000"})
    long periodMillis;

    private final TimingWheel wheel = new TimingWheel(0);
    private final Timer spare = new Heartbeat();
    private Timer[] beating = {};
    private long periodNanos;
    private long now;
    private int index;

    @Setup
    public void set() {
        periodNanos = periodMillis * MILLI_NANOS;
        beating = new Timer[timers];
        for (int i = 0; i < timers; i++) {
            beating[i] = new Heartbeat();
            wheel.schedule(beating[i], now, periodNanos * i / timers);
        }
    }

    /** Sets one that is not set, and takes it back. */
    @Benchmark
    public void setAndCancel() {
        wheel.schedule(spare, now, periodNanos);
        spare.cancel();
    }

    /** Puts off one that is set, as a session does that hears from its client. */
    @Benchmark
    public void putOff() {
        index = (index + STRIDE) % timers;
        wheel.schedule(beating[index], now, periodNanos * index / timers);
    }

    /** One tick; those that fire set themselves anew. */
    @Benchmark
    public int tick() {
        now += TICK_NANOS;
        return wheel.advance(now);
    }

    private final class Heartbeat extends Timer {
        @Override
        protected void fire() {
            wheel.schedule(this, now, periodNanos);
        }
    }
}
