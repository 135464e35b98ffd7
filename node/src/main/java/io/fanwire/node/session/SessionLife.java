package io.fanwire.node.session;

import io.fanwire.node.lane.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a session stands in its life, and how long it may stay there. All state is owned by the lane. */
final class SessionLife {
    private final Lane lane;
    private SessionState state = SessionState.CONNECTING;
    // One at a time: each stretch of a life has its own.
    private @Nullable Timer deadline;
    // Set while it leaves.
    private @Nullable Farewell farewell;

    SessionLife(Lane lane) {
        this.lane = lane;
    }

    boolean is(SessionState asked) {
        return state == asked;
    }

    /** Whether the client may still say something. */
    boolean isAlive() {
        return state.isAlive();
    }

    boolean allows(SessionState next) {
        return state.allows(next);
    }

    /**
     * Moves on, without a deadline for now.
     *
     * @return false if no life goes there from here; then nothing has changed
     */
    boolean enter(SessionState next) {
        if (!state.allows(next)) return false;
        if (state.isAlive() && !next.isAlive()) lane.parted();
        state = next;
        farewell = null;
        if (deadline != null) deadline.cancel();
        return true;
    }

    /** Moves on to {@link SessionState#LEAVING}; as {@link #enter}. */
    boolean leave(Farewell said) {
        if (!enter(SessionState.LEAVING)) return false;
        farewell = said;
        return true;
    }

    /** Not null while it leaves. */
    @Nullable
    Farewell farewell() {
        return farewell;
    }

    /** Does this unless it moves on before; takes the place of what was set before. */
    void after(Duration delay, Runnable action) {
        if (deadline != null) deadline.cancel();
        deadline = lane.after(delay, action);
    }
}
