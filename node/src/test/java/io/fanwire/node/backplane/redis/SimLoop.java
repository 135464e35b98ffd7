package io.fanwire.node.backplane.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;

/** A loop that goes on when the simulation says so, with the simulation's time. */
final class SimLoop implements Loop {
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> scheduled =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::number));
    private final LongSupplier nanoTime;
    private long number;

    SimLoop(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void execute(Runnable work) {
        ready.add(work);
    }

    @Override
    public void schedule(Runnable work, Duration delay) {
        scheduled.add(new Scheduled(nanoTime.getAsLong() + delay.toNanos(), ++number, work));
    }

    /** @return whether there was anything to do by now */
    boolean step() {
        Scheduled next = scheduled.peek();
        boolean isDue = next != null && next.at <= nanoTime.getAsLong();
        if (isDue) scheduled.remove();
        Runnable work = isDue ? next.work : ready.poll();
        if (work != null) work.run();
        return work != null;
    }

    private record Scheduled(long at, long number, Runnable work) {}
}
