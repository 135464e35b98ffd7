package io.fanwire.node.lane;

import java.time.Duration;

/**
 * A hashed timing wheel (Varghese and Lauck 1987, scheme 6): setting and cancelling a timer is O(1), a tick touches
 * only the timers of its slot. Fires up to one tick late, never early. All state is owned by one thread.
 */
public final class TimingWheel {
    /** Coarse on purpose: heartbeats and grace periods are counted in seconds. */
    public static final Duration TICK = Duration.ofMillis(50);

    private static final long TICK_NANOS = TICK.toNanos();

    // 25.6 s a turn: with the default heartbeat interval most timers fire in the turn in which they were set.
    private static final int SLOTS = 512;

    private final Timers[] slots = new Timers[SLOTS];
    private final Timers firing = new Timers();
    private final long originNanos;
    private long currentTick;

    public TimingWheel(long nowNanos) {
        originNanos = nowNanos;
        for (int i = 0; i < SLOTS; i++) slots[i] = new Timers();
    }

    /** Sets a timer, or sets it anew. */
    public void schedule(Timer timer, long nowNanos, long delayNanos) {
        timer.cancel();
        long dueNanos = nowNanos - originNanos + Math.max(0, delayNanos);
        // The first tick that ends at or after the deadline, and one that is still to come.
        timer.deadlineTick = Math.max(currentTick + 1, (dueNanos + TICK_NANOS - 1) / TICK_NANOS);
        slots[slot(timer.deadlineTick)].append(timer);
    }

    /**
     * Fires what is due.
     *
     * @return how many fired
     */
    public int advance(long nowNanos) {
        long lastTick = (nowNanos - originNanos) / TICK_NANOS;
        // After a long pause one turn visits every slot; more turns would find nothing.
        currentTick = Math.max(currentTick, lastTick - SLOTS);
        int fired = 0;
        while (currentTick < lastTick) {
            currentTick++;
            slots[slot(currentTick)].moveDue(lastTick, firing);
            fired += fireAll();
        }
        return fired;
    }

    /** Nanoseconds until the next tick ends. */
    public long nanosToNextTick(long nowNanos) {
        return Math.max(0, (currentTick + 1) * TICK_NANOS - (nowNanos - originNanos));
    }

    private int fireAll() {
        int fired = 0;
        // One by one off the list: a timer that fires may cancel others that are due with it.
        for (Timer timer = firing.poll(); timer != null; timer = firing.poll()) {
            timer.fire();
            fired++;
        }
        return fired;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
