package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A time that passes only when somebody waits or works; thread-safe. */
final class ManualPace implements Pace {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Duration now = Duration.ZERO;
    private @Nullable Duration stop;

    @Override
    public synchronized Duration elapsed() {
        return now;
    }

    @Override
    public synchronized void await(Duration moment) throws InterruptedException {
        if (stop != null && moment.compareTo(stop) >= 0) {
            stopped.countDown();
            while (true) wait();
        }
        if (moment.compareTo(now) > 0) now = moment;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Who waits for this moment waits forever. */
    synchronized void stopsAt(Duration moment) {
        stop = moment;
    }

    void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
