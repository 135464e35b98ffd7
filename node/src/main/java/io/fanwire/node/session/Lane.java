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
import org.jspecify.annotations.Nullable;

/**
 * One event loop with its share of the sessions and their subscriptions. All state is owned by the loop; only
 * {@link #add}, {@link #closeAll}, {@link #stats} and {@link #lag} may be called from other threads.
 */
public final class Lane {
    private final List<Session> sessions = new ArrayList<>();
    private final EventLoop loop;
    private final Audiences audiences;
    private final LagSampler lag;
    // Set when the node stops: sessions whose connections were accepted before that still come in.
    private @Nullable CloseReason closing;

    public Lane(EventLoop loop, TopicRegistry topics) {
        this.loop = loop;
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

    Audiences audiences() {
        return audiences;
    }

    void add(Session session) {
        loop.execute(() -> {
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

    void closeAll(CloseReason reason) {
        loop.execute(() -> {
            closing = reason;
            List.copyOf(sessions).forEach(session -> session.close(reason));
        });
    }

    Timer after(Duration delay, Runnable action) {
        Timer timer = Timer.of(action);
        loop.schedule(timer, delay.toNanos());
        return timer;
    }
}
