package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time since a plan began. */
interface Pace {
    /** The system's, from now on. Thread-safe. */
    static Pace fromNow() {
        long start = System.nanoTime();
        return new Pace() {
            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime() - start);
            }

            @Override
            public void await(Duration moment) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(moment.minus(elapsed()).toNanos());
            }
        };
    }

    Duration elapsed();

    /** Returns at once if it is past. */
    void await(Duration moment) throws InterruptedException;
}
