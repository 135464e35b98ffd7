package io.fanwire.client;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Notices a node that is silent for too long. {@link #heard} may be called from any thread, the rest is owned by the
 * loop.
 */
final class Liveness {
    private final Loop loop;
    private volatile long heardNanos = System.nanoTime();
    private @Nullable Future<?> timer;

    Liveness(Loop loop) {
        this.loop = loop;
    }

    /** The node said something; or we start to listen again, after a listener that took its time. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    /** When {@link #heard} was called last, by {@link System#nanoTime}. */
    long heardNanos() {
        return heardNanos;
    }

    /** Watches until {@link #stop}, or until it has called {@code silent} once. */
    void watch(Duration limit, Runnable silent) {
        long leftNanos = limit.toNanos() - (System.nanoTime() - heardNanos);
        if (leftNanos <= 0) {
            silent.run();
        } else {
            timer = loop.after(Duration.ofNanos(leftNanos), () -> watch(limit, silent));
        }
    }

    void stop() {
        if (timer != null) timer.cancel(false);
    }
}
