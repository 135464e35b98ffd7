package io.fanwire.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a process that was told to stop and does not, whatever hangs. */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private Watchdog() {}

    /** @param end called after this time; it must not depend on anything that may hang */
    static void start(Duration patience, Runnable end) {
        Thread thread = new Thread(() -> watch(patience, end), "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(Duration patience, Runnable end) {
        try {
            // Nobody counts down: the end of the process is the end of this.
            boolean never = new CountDownLatch(1).await(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!never) LOG.error("the node has not stopped in {}: it is ended", patience);
        } catch (InterruptedException e) {
            LOG.error("the watchdog was interrupted: the node is ended", e);
        }
        end.run();
    }
}
