package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;
import io.fanwire.protocol.CloseReason;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Finds out whether a client is alive, by what the client itself says: kernels and proxies answer for the dead. Asks when
 * nothing was sent, or nothing was heard, for the interval; the client answers each time. All state is owned by the lane;
 * only {@link #onPong} may be called from other threads.
 */
final class Heartbeat extends Timer {
    private static final AtomicIntegerFieldUpdater<Heartbeat> PONGS =
            AtomicIntegerFieldUpdater.newUpdater(Heartbeat.class, "pongs");

    private final EventLoop loop;
    private final Outbox outbox;
    private final Connection connection;
    private final Owner owner;
    private volatile Pulse pulse = Pulse.EVENTS;
    // That wait for the lane: one says as much as many.
    private volatile int pongs;
    private long intervalNanos;
    private long deadAfterNanos;
    private long lastHeard;
    private long lastSent;
    private long lastBeat;

    Heartbeat(EventLoop loop, Outbox outbox, Connection connection, Owner owner) {
        this.loop = loop;
        this.outbox = outbox;
        this.connection = connection;
        this.owner = owner;
    }

    void start(HeartbeatConfig.Agreement agreed, Pulse agreedPulse) {
        pulse = agreedPulse;
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

    /** The client's WebSocket answered a ping; which says something only where its client can't do better. Any thread. */
    void onPong() {
        if (pulse.pongsCount() && PONGS.compareAndSet(this, 0, 1)) loop.execute(this::heardPong);
    }

    private void heardPong() {
        pongs = 0;
        heard();
    }

    @Override
    protected void fire() {
        long now = loop.freshNow();
        // Who is not listened to is not silent: its heartbeats wait where nobody reads them.
        if (!owner.isListening()) lastHeard = now;
        if (now - lastHeard >= deadAfterNanos) {
            owner.onEnd(CloseReason.HEARTBEAT_TIMEOUT);
            return;
        }
        boolean due = now - nextBeat() >= 0;
        if (due) lastBeat = now;
        // Before the beat: one that ends the session cancels it.
        set(now);
        if (due) pulse.beat(outbox, connection);
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
        /** The client is dead. */
        void onEnd(CloseReason reason);

        /** Whether what the client says is read at all. */
        boolean isListening();
    }
}
