package io.fanwire.node.lane;

import org.jspecify.annotations.Nullable;

/** A list of timers: circular, doubly linked through the timers themselves. Owned by the wheel's thread. */
final class Timers {
    private final Timer head = new Timer() {
        @Override
        protected void fire() {
            throw new IllegalStateException("the head of a list is no timer");
        }
    };

    Timers() {
        head.previous = head;
        head.next = head;
    }

    void append(Timer timer) {
        Timer last = linked(head.previous);
        timer.previous = last;
        timer.next = head;
        last.next = timer;
        head.previous = timer;
    }

    /** The first, taken off the list; null if there is none. */
    @Nullable
    Timer poll() {
        Timer first = linked(head.next);
        if (first == head) return null;
        first.cancel();
        return first;
    }

    /** Moves those with a deadline up to {@code lastTick}; the others wait for a later turn of the wheel. */
    void moveDue(long lastTick, Timers target) {
        Timer timer = linked(head.next);
        while (timer != head) {
            Timer following = linked(timer.next);
            if (timer.deadlineTick <= lastTick) {
                timer.cancel();
                target.append(timer);
            }
            timer = following;
        }
    }

    private static Timer linked(@Nullable Timer timer) {
        if (timer == null) throw new IllegalStateException("a list of timers is broken");
        return timer;
    }
}
