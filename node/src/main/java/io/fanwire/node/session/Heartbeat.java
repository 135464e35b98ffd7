package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;

/**
 * Finds out whether a client is alive, by what the client itself says: kernels and proxies answer for the dead. Sends a
 * heartbeat when nothing was sent, or nothing was heard, for the interval; the client answers each. All state is owned
 * by the lane.
 */
final class Heartbeat extends Timer {
    private final EventLoop loop;
    private final Owner owner;
    private long intervalNanos;
    private long deadAfterNanos;
    private long lastHeard;
    private long lastSent;
    private long lastBeat;

    Heartbeat(EventLoop loop, Owner owner) {
        this.loop = loop;
        this.owner = owner;
    }

    void start(HeartbeatConfig.Agreement agreed) {
        intervalNanos = agreed.interval().toNanos();
        deadAfterNanos = agreed.deadAfter().toNanos();
        lastHeard = loop.freshNow();
        lastSent = lastHeard;
        lastBeat = lastHeard;
        set(lastHeard);
    }

    void heard() {
        lastHeard = loop.now();
    }

    void sent() {
        lastSent = loop.now();
    }

    @Override
    protected void fire() {
        long now = loop.freshNow();
        // Who is not listened to is not silent: its heartbeats wait where nobody reads them.
        if (!owner.isListening()) lastHeard = now;
        if (now - lastHeard >= deadAfterNanos) {
            owner.onDead();
            return;
        }
        if (now - nextBeat() >= 0) {
            lastBeat = now;
            owner.onBeat();
        }
        set(now);
    }

    // Set once an interval rather than at every message: it looks at the times when it fires.
    private void set(long now) {
        long nextBeat = nextBeat() - now;
        long death = lastHeard + deadAfterNanos - now;
        loop.schedule(this, Math.min(nextBeat, death));
    }

    private long nextBeat() {
        long quietSince = lastHeard - lastSent < 0 ? lastHeard : lastSent;
        // One heartbeat an interval, even if it is not answered.
        return (quietSince - lastBeat < 0 ? lastBeat : quietSince) + intervalNanos;
    }

    /** The session, as its heartbeat sees it. Called on the lane. */
    interface Owner {
        void onBeat();

        void onDead();

        /** Whether what the client says is read at all. */
        boolean isListening();
    }
}
