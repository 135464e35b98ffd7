package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;

/**
 * Finds a write that makes no progress: whose socket has not taken one byte for the timeout. All state is owned by the
 * lane.
 *
 * <p>A write that is done at once never comes here, and of a slow client's many stalled writes only one in a timeout sets
 * the timer: it looks at the times when it fires.
 */
final class WriteWatch extends Timer {
    private final EventLoop loop;
    private final Connection connection;
    private final long timeoutNanos;
    private final Runnable onTimeout;
    private boolean stalled;
    private long since;

    /** @param onTimeout called on the lane */
    WriteWatch(EventLoop loop, Connection connection, long timeoutNanos, Runnable onTimeout) {
        this.loop = loop;
        this.connection = connection;
        this.timeoutNanos = timeoutNanos;
        this.onTimeout = onTimeout;
    }

    /** A write has begun that was not done at once. */
    void stalled() {
        stalled = true;
        since = loop.freshNow();
        if (!isSet()) loop.schedule(this, timeoutNanos);
    }

    /** That write is done. */
    void done() {
        stalled = false;
    }

    @Override
    protected void fire() {
        if (!stalled) return;
        long taken = connection.takenAt();
        long progress = taken - since > 0 ? taken : since;
        long left = timeoutNanos - (loop.freshNow() - progress);
        if (left > 0) loop.schedule(this, left);
        else onTimeout.run();
    }
}
