package io.fanwire.node.lane;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one event loop: turns it while there is work, and parks until the next tick when there is none. */
public final class LoopThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final int EXIT_ERROR = 3;
    private static final long CLOSE_WAIT_MILLIS = 5_000;

    private final EventLoop loop;
    private final Thread thread;
    private volatile boolean running = true;

    private LoopThread(EventLoop loop) {
        this.loop = loop;
        this.thread = new Thread(this::run, loop.name());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(LoopThread::onError);
        loop.onWakeup(() -> LockSupport.unpark(thread));
    }

    /** Starts to turn the loop. */
    public static LoopThread start(EventLoop loop) {
        LoopThread started = new LoopThread(loop);
        started.thread.start();
        return started;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Stops after the turn in which it is, and waits for that, boundedly. Tasks that are left are dropped. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            if (!loop.turn()) park();
        }
    }

    // A task's exceptions end in the loop; what arrives here is an Error. Without its loop a share of the clients would
    // hang for ever: better to end the process, which a supervisor starts again.
    private static void onError(Thread thread, Throwable error) {
        LOG.error("{} died, and with it the node", thread.getName(), error);
        Runtime.getRuntime().halt(EXIT_ERROR);
    }

    private void park() {
        if (!loop.tryPark()) return;
        LockSupport.parkNanos(this, loop.nanosToNextTick());
        loop.unparked();
    }
}
