package io.fanwire.node.admission;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;

/**
 * Measures how long a task waits for a loop: there is one in it at a time. Posted by the watch, run by the loop, read by
 * any thread.
 */
final class LoopProbe {
    private final EventLoop loop;
    private final NanoClock clock;
    private long postedAtTick;
    private volatile long postedAt;
    private volatile long lastDelay;
    private volatile boolean waiting;

    LoopProbe(EventLoop loop, NanoClock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    String name() {
        return loop.name();
    }

    /**
     * Watch only.
     *
     * @param tick the watch's own time
     */
    void post(long tick) {
        if (waiting) return;
        postedAtTick = tick;
        postedAt = clock.nanoTime();
        waiting = true;
        loop.execute(this::run);
    }

    /** Watch only. How long the task in the loop has waited, by the watch's own time; 0 if it has run. */
    long stillFor(long tick) {
        return waiting ? tick - postedAtTick : 0;
    }

    /** What the last task waited in nanoseconds, or what the present one already has if that is more. */
    long delay() {
        // Read first: a task that runs meanwhile has left its delay by then.
        boolean unfinished = waiting;
        long present = unfinished ? clock.nanoTime() - postedAt : 0;
        return Math.max(lastDelay, present);
    }

    private void run() {
        lastDelay = clock.nanoTime() - postedAt;
        waiting = false;
    }
}
