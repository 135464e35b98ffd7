package io.fanwire.client;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one at a time, in the order in which they came, each seeing what those before it did. Borrows a thread
 * only while it has something to do. Every method may be called from any thread.
 */
final class Loop implements Executor {
    /** After so many tasks a loop lets the others have the thread. */
    private static final int SLICE = 256;

    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    private final Executor threads;
    private final Consumer<Throwable> errors;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Tasks added and not yet done; whoever raises it from 0 starts {@link #drain}. */
    private final AtomicInteger open = new AtomicInteger();

    /** @param errors gets what tasks throw, on the loop */
    Loop(Executor threads, Consumer<Throwable> errors) {
        this.threads = threads;
        this.errors = errors;
    }

    /** Whether the calling thread is running a loop's task, and so must not wait for one. */
    static boolean isInside() {
        return INSIDE.get();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() == 0) borrowThread();
    }

    /** Hands in a task after a while. Cancelling does not stop one that is already handed in. */
    Future<?> after(Duration delay, Runnable task) {
        return SharedThreads.CLOCK.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void borrowThread() {
        try {
            threads.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The caller's executor is shut down, and what is pending must end all the same.
            SharedThreads.LOOPS.execute(this::drain);
        }
    }

    private void drain() {
        boolean nested = INSIDE.get();
        INSIDE.set(true);
        try {
            for (int i = 0; i < SLICE; i++) {
                run(tasks.remove());
                if (open.decrementAndGet() == 0) return;
            }
        } finally {
            INSIDE.set(nested);
        }
        borrowThread();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            errors.accept(e);
        }
    }
}
