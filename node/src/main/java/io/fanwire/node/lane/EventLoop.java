package io.fanwire.node.lane;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other. All state is owned by the thread that calls {@link #turn}; only {@link #execute} may
 * be called from other threads. It has no thread of its own: {@link LoopThread} brings one, the simulation turns many
 * loops by hand.
 *
 * <p>The queue has no bound of its own. Every producer has: a session has one write and a window of frames under way,
 * a topic one signal per lane, a publish its place among those in flight.
 */
public final class EventLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    // So that timers get their turn while tasks pour in.
    private static final int TASKS_PER_TURN = 256;
    private static final int QUEUE_CHUNK = 1024;

    // The atomic one, since JDK 24 and later warn of the other's use of sun.misc.Unsafe.
    private final MpscUnboundedAtomicArrayQueue<Runnable> queue = new MpscUnboundedAtomicArrayQueue<>(QUEUE_CHUNK);
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final String name;
    private final NanoClock clock;
    private final TimingWheel wheel;
    private volatile Wakeup wakeup = () -> {};

    private final AtomicLong failures = new AtomicLong();
    private volatile boolean parked;
    private @Nullable Thread turner;
    private long now;

    public EventLoop(String name, NanoClock clock) {
        this.name = name;
        this.clock = clock;
        this.now = clock.nanoTime();
        this.wheel = new TimingWheel(now);
    }

    /** Any thread. The loop runs the task after those that were handed over before it. */
    @Override
    public void execute(Runnable task) {
        queue.offer(task);
        // The queue's producer index was advanced by a full fence, the loop sets `parked` before it looks at that index
        // a last time: one of the two sees the other.
        if (parked) wakeup.wake();
    }

    /** Loop only. Runs the task in the next turn, after what is queued by then has had its chance. */
    public void later(Runnable task) {
        later.add(task);
    }

    /** Loop only. Fires the timer after the delay, up to {@link TimingWheel#TICK} late. */
    public void schedule(Timer timer, long delayNanos) {
        now = clock.nanoTime();
        wheel.schedule(timer, now, delayNanos);
    }

    /** Loop only. The time at which this turn began, or later. */
    public long now() {
        return now;
    }

    /** Loop only. The time of this moment. */
    public long freshNow() {
        now = clock.nanoTime();
        return now;
    }

    /** Any thread. Tasks and timers that threw, since the start. */
    public long failures() {
        return failures.get();
    }

    /** Any thread. Whether the caller is a task of this loop. */
    public boolean inLoop() {
        // A race is harmless: only the turning thread itself can read itself here.
        return Thread.currentThread() == turner;
    }

    /**
     * One turn: queued tasks, tasks for later, timers. Calls must not overlap.
     *
     * @return whether there was anything to do
     */
    public boolean turn() {
        turner = Thread.currentThread();
        now = clock.nanoTime();
        int done = runQueued() + runLater();
        return done + runTimers() > 0;
    }

    public String name() {
        return name;
    }

    /** How a producer wakes the thread of this loop while it is parked. */
    void onWakeup(Wakeup wakeup) {
        this.wakeup = wakeup;
    }

    /** Says that the thread is about to park; false if there is work after all. */
    boolean tryPark() {
        parked = true;
        if (queue.isEmpty() && later.isEmpty()) return true;
        parked = false;
        return false;
    }

    void unparked() {
        parked = false;
    }

    long nanosToNextTick() {
        return wheel.nanosToNextTick(clock.nanoTime());
    }

    private int runQueued() {
        int done = 0;
        for (Runnable task; done < TASKS_PER_TURN && (task = queue.poll()) != null; done++) run(task);
        return done;
    }

    private int runLater() {
        int count = later.size();
        for (int i = 0; i < count; i++) run(later.remove());
        return count;
    }

    private int runTimers() {
        try {
            return wheel.advance(clock.nanoTime());
        } catch (RuntimeException e) {
            failed(e);
            return 1;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    // Sessions catch what concerns only them; what arrives here is a defect of the loop itself, counted so that it
    // shows.
    private void failed(RuntimeException e) {
        failures.incrementAndGet();
        LOG.error("{}: a task failed", name, e);
    }

    @FunctionalInterface
    interface Wakeup {
        void wake();
    }
}
