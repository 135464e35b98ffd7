package io.fanwire.loadtest.chaos;

import java.util.Locale;

/** What can be done to a part, and in which condition it has to be for that. */
enum Verb {
    KILL(Condition.RUNNING, Condition.DOWN),
    DRAIN(Condition.RUNNING, Condition.DOWN),
    START(Condition.DOWN, Condition.RUNNING),
    /** A start with everything that was there before. */
    RESTORE(Condition.DOWN, Condition.RUNNING),
    PAUSE(Condition.RUNNING, Condition.PAUSED),
    RESUME(Condition.PAUSED, Condition.RUNNING),
    DISCONNECT(Condition.RUNNING, Condition.CUT_OFF),
    RECONNECT(Condition.CUT_OFF, Condition.RUNNING);

    private final Condition from;
    private final Condition to;

    Verb(Condition from, Condition to) {
        this.from = from;
        this.to = to;
    }

    Condition from() {
        return from;
    }

    Condition to() {
        return to;
    }

    /** As a plan says it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
