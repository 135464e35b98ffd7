package io.fanwire.node.session;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.CloseReason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The sessions of a node, spread over its lanes. Any thread. */
public final class Sessions {
    // At most: whoever sends many away spreads them himself.
    private static final int COME_BACK_MILLIS = 1_000;

    private final AtomicLong lastNumber = new AtomicLong();
    private final SessionStats stats = new SessionStats();
    private final List<Lane> lanes;
    private final SessionContext context;

    public Sessions(
            String nodeId,
            SessionConfig config,
            Namespaces namespaces,
            Backplane backplane,
            Clock clock,
            List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
        this.context = new SessionContext(
                nodeId,
                config,
                namespaces,
                backplane,
                clock,
                stats,
                new Identities(config.limits().rates()));
    }

    /** Starts a session on an open connection. */
    public Session open(Connection connection) {
        long number = lastNumber.incrementAndGet();
        Lane lane = lanes.get((int) (number % lanes.size()));
        Session session = new Session(number, lane, context, connection);
        stats.opened();
        lane.add(session);
        return session;
    }

    /** Sessions that have not been told to go. */
    public int alive() {
        int all = 0;
        for (Lane lane : lanes) all += lane.alive();
        return all;
    }

    /**
     * Sends some sessions elsewhere, whichever they are, of each lane in proportion; each is asked to wait up to a second
     * before it connects again. Returns at once.
     */
    public void leave(int count, CloseReason reason) {
        leave(count, reason, Sessions::comeBackAfter);
    }

    /** @param comeBackAfter what each is asked to wait; called on the lanes */
    void leave(int count, CloseReason reason, Supplier<Duration> comeBackAfter) {
        long all = alive();
        // Shares are rounded where they meet, from a random beginning: a single one must not always be of the same
        // lane.
        double shift = ThreadLocalRandom.current().nextDouble();
        long seen = 0;
        long asked = 0;
        for (Lane lane : lanes) {
            seen += lane.alive();
            long upTo = (long) (shift + (double) Math.min(count, all) * seen / Math.max(1, all));
            if (upTo > asked) lane.leave((int) (upTo - asked), reason, comeBackAfter);
            asked = upTo;
        }
    }

    private static Duration comeBackAfter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(COME_BACK_MILLIS));
    }

    /** Closes all sessions that are there now. Returns at once. */
    public void closeAll(CloseReason reason) {
        for (Lane lane : lanes) lane.closeAll(reason);
    }

    /** Closes all sessions, and each that still comes. Returns at once. */
    public void stop(CloseReason reason) {
        for (Lane lane : lanes) lane.stop(reason);
    }

    /** Waits until no session is left, at most this long. */
    public void awaitNone(Duration patience) {
        stats.awaitNone(patience);
    }

    /** The largest message that clients may send, in bytes. */
    public int maxFrameBytes() {
        return context.config().limits().frameBytes();
    }

    /** How far readers are behind, as a look at them a few seconds ago found it. */
    public LagReport lag() {
        return LagReport.sum(lanes.stream().map(Lane::lag).toList());
    }

    public SessionStats stats() {
        return stats;
    }
}
