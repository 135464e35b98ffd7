package io.fanwire.node.admission;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The thread that asks how the load is. Its own, since it must go on where a loop does not. */
public final class OverloadWatch implements AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Overload overload;
    private final Thread thread = new Thread(this::run, "overload");
    private volatile boolean running = true;

    private OverloadWatch(Overload overload) {
        this.overload = overload;
        thread.setDaemon(true);
    }

    /** Starts to watch. */
    public static OverloadWatch start(Overload overload) {
        OverloadWatch started = new OverloadWatch(overload);
        started.thread.start();
        return started;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (running) {
            overload.tick();
            LockSupport.parkNanos(this, INTERVAL_NANOS);
        }
    }
}
