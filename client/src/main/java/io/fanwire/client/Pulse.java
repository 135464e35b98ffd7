package io.fanwire.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client from being taken for dead while it reads slowly: the node's heartbeat, which it has to answer, may wait
 * behind megabytes of data, so it sends one by itself when it has sent nothing for a while. Owned by the loop.
 */
final class Pulse {
    private final Loop loop;
    private final LongSupplier sentNanos;
    private final Runnable beat;
    private @Nullable Future<?> timer;

    /**
     * @param sentNanos when something was sent last, by {@link System#nanoTime}
     * @param beat sends a heartbeat
     */
    Pulse(Loop loop, LongSupplier sentNanos, Runnable beat) {
        this.loop = loop;
        this.sentNanos = sentNanos;
        this.beat = beat;
    }

    /** Beats after each silence of this length, until {@link #stop}. */
    void start(Duration silence) {
        long leftNanos = silence.toNanos() - (System.nanoTime() - sentNanos.getAsLong());
        if (leftNanos <= 0) beat.run();
        Duration next = leftNanos <= 0 ? silence : Duration.ofNanos(leftNanos);
        timer = loop.after(next, () -> start(silence));
    }

    void stop() {
        if (timer != null) timer.cancel(false);
    }
}
