package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;
import java.time.Duration;
import java.util.List;

/**
 * Looks at a lane's sessions every few seconds, some at a time, and says how far they are behind. All state is owned by
 * the lane; only {@link #report} may be called from other threads.
 */
final class LagSampler extends Timer {
    static final Duration PERIOD = Duration.ofSeconds(5);

    // A look at a session that does not lag is one field: so many take some microseconds.
    private static final int SESSIONS_AT_A_TIME = 256;

    private final EventLoop loop;
    private final List<Session> sessions;
    private volatile LagReport report = LagReport.NONE;
    private LagTally tally = new LagTally();
    private int left;

    /** @param sessions of the lane, which come and go between two calls */
    LagSampler(EventLoop loop, List<Session> sessions) {
        this.loop = loop;
        this.sessions = sessions;
    }

    void start() {
        loop.schedule(this, PERIOD.toNanos());
    }

    /** The last one that is complete. Any thread. */
    LagReport report() {
        return report;
    }

    @Override
    protected void fire() {
        tally = new LagTally();
        left = sessions.size();
        visitSome();
    }

    /** From the end: who leaves meanwhile is replaced by the last, which was visited, so that nobody is left out. */
    private void visitSome() {
        left = Math.min(left, sessions.size());
        int until = Math.max(0, left - SESSIONS_AT_A_TIME);
        while (left > until) sessions.get(--left).addLag(tally);
        if (left > 0) loop.later(this::visitSome);
        else finish();
    }

    private void finish() {
        report = tally.report();
        tally = new LagTally();
        loop.schedule(this, PERIOD.toNanos());
    }
}
