package io.fanwire.node.lane;

import org.jspecify.annotations.Nullable;

/**
 * Something that a {@link TimingWheel} fires once. Is its own entry in the wheel, so that setting one allocates
 * nothing. Owned by the wheel's thread.
 */
public abstract class Timer {
    @Nullable
    Timer previous;

    @Nullable
    Timer next;

    long deadlineTick;

    /** A timer that runs this when it fires. */
    public static Timer of(Runnable action) {
        return new Timer() {
            @Override
            protected void fire() {
                action.run();
            }
        };
    }

    /** Called once, on the thread of the wheel, not before the deadline. */
    protected abstract void fire();

    /** Whether it is set and has not fired yet. */
    public final boolean isSet() {
        return next != null;
    }

    /** Takes it out of its wheel; does nothing if it is not set. */
    public final void cancel() {
        Timer before = previous;
        Timer after = next;
        if (before == null || after == null) return;
        before.next = after;
        after.previous = before;
        previous = null;
        next = null;
    }
}
