package io.fanwire.k8s.container;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition: where it asks Docker or a node, ten times a second are enough. */
final class Wait {
    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    private Wait() {}

    /** @throws AssertionError if it does not come true in time */
    static void until(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) throw new AssertionError("not within " + timeout.toSeconds() + " s");
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
