package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;
import io.fanwire.node.topic.Audiences;
import io.fanwire.node.topic.DeliveryStats;
import io.fanwire.node.topic.TopicRegistry;
import io.fanwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with its share of the sessions and their subscriptions. All state is owned by the loop; only
 * {@link #add}, {@link #leave}, {@link #closeAll}, {@link #stop}, {@link #alive}, {@link #stats}, {@link #lag} and
 * {@link #fullSocketsNow} may be called from other threads.
 */
public final class Lane {
    private final List<Session> sessions = new ArrayList<>();
    private final AtomicInteger alive = new AtomicInteger();
    private final EventLoop loop;
    private final Audiences audiences;
    private final LagSampler lag;
    private final FullSockets fullSockets;
    // Set when the node stops: sessions whose connections were accepted before that still come in.
    private @Nullable CloseReason closing;

    /** For any number of full sockets. */
    public Lane(EventLoop loop, TopicRegistry topics) {
        this(loop, topics, FullSocketsBound.NONE);
    }

    /** @param fullSockets of clients that don't read what was written; beyond it the first of them are closed */
    public Lane(EventLoop loop, TopicRegistry topics, FullSocketsBound fullSockets) {
        this.loop = loop;
        this.fullSockets = new FullSockets(this, fullSockets);
        this.audiences = new Audiences(loop, topics);
        this.lag = new LagSampler(loop, sessions);
        loop.execute(lag::start);
    }

    public EventLoop loop() {
        return loop;
    }

    public DeliveryStats stats() {
        return audiences.stats();
    }

    /** How far this lane's readers are behind, as a look at them a few seconds ago found it. */
    public LagReport lag() {
        return lag.report();
    }

    /** Clients whose sockets have not taken all of a write. */
    public int fullSocketsNow() {
        return fullSockets.size();
    }

    Audiences audiences() {
        return audiences;
    }

    FullSockets fullSockets() {
        return fullSockets;
    }

    /** Sessions that have not been told to go. */
    int alive() {
        return alive.get();
    }

    void add(Session session) {
        loop.execute(() -> {
            alive.incrementAndGet();
            session.index = sessions.size();
            sessions.add(session);
            session.start();
            if (closing != null) session.close(closing);
        });
    }

    void remove(Session session, SessionStats stats) {
        // The last one takes its place: order does not matter, and nothing is moved.
        Session last = sessions.remove(sessions.size() - 1);
        if (last != session) {
            sessions.set(session.index, last);
            last.index = session.index;
        }
        stats.ended();
    }

    /** One that was {@link #alive} is no more. */
    void parted() {
        alive.decrementAndGet();
    }

    /**
     * Sends some of the sessions elsewhere, beginning with any: neighbours in the list came one after the other, from
     * anywhere.
     */
    void leave(int count, CloseReason reason, Supplier<Duration> comeBackAfter) {
        loop.execute(() -> any(count).forEach(session -> session.leave(reason, comeBackAfter.get())));
    }

    /** Closes those that are there now. */
    void closeAll(CloseReason reason) {
        loop.execute(() -> List.copyOf(sessions).forEach(session -> session.close(reason)));
    }

    /** Closes those that are there now, and each that still comes. */
    void stop(CloseReason reason) {
        loop.execute(() -> closing = reason);
        closeAll(reason);
    }

    private List<Session> any(int count) {
        List<Session> picked = new ArrayList<>();
        int size = sessions.size();
        int start = size == 0 ? 0 : ThreadLocalRandom.current().nextInt(size);
        for (int i = 0; i < size && picked.size() < count; i++) {
            Session session = sessions.get((start + i) % size);
            if (session.isAlive()) picked.add(session);
        }
        return picked;
    }

    Timer after(Duration delay, Runnable action) {
        Timer timer = Timer.of(action);
        loop.schedule(timer, delay.toNanos());
        return timer;
    }
}
