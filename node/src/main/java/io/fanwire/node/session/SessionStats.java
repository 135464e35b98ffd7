package io.fanwire.node.session;

import io.fanwire.protocol.CloseReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the sessions of a node did. Any thread. */
public final class SessionStats {
    private final AtomicLong sessions = new AtomicLong();
    private final LongAdder opened = new LongAdder();
    private final LongAdder published = new LongAdder();
    private final LongAdder publishFailures = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder writeStalls = new LongAdder();
    private final LongAdder fullSocketsCut = new LongAdder();
    private final Map<CloseReason, LongAdder> closed = new ConcurrentHashMap<>();
    private final Map<RateConfig.Kind, LongAdder> rateLimited = new ConcurrentHashMap<>();
    private final LongAdder defects = new LongAdder();
    private final LongAdder lost = new LongAdder();

    SessionStats() {
        for (CloseReason reason : CloseReason.values()) closed.put(reason, new LongAdder());
        for (RateConfig.Kind kind : RateConfig.Kind.values()) rateLimited.put(kind, new LongAdder());
    }

    void opened() {
        sessions.incrementAndGet();
        opened.increment();
    }

    void ended() {
        if (sessions.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until no session is left, at most this long. */
    synchronized void awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); sessions.get() > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void closed(CloseReason reason) {
        LongAdder counter = closed.get(reason);
        if (counter != null) counter.increment();
    }

    void rateLimited(RateConfig.Kind kind) {
        LongAdder counter = rateLimited.get(kind);
        if (counter != null) counter.increment();
    }

    void lost() {
        lost.increment();
    }

    void command() {
        commands.increment();
    }

    void published() {
        published.increment();
    }

    void publishFailed() {
        publishFailures.increment();
    }

    void defect() {
        defects.increment();
    }

    void fullSocketCut() {
        fullSocketsCut.increment();
    }

    void stalled() {
        writeStalls.increment();
    }

    /** Sessions that are there now. */
    public long sessions() {
        return sessions.get();
    }

    /** Sessions since the start. */
    public long openedTotal() {
        return opened.sum();
    }

    /** Sessions that the node closed for a reason, since the start. */
    public long closedTotal(CloseReason reason) {
        LongAdder counter = closed.get(reason);
        return counter == null ? 0 : counter.sum();
    }

    /** Commands that were refused because of a rate, since the start. */
    public long rateLimitedTotal(RateConfig.Kind kind) {
        LongAdder counter = rateLimited.get(kind);
        return counter == null ? 0 : counter.sum();
    }

    /** Sessions that the client ended, or the network, since the start. */
    public long lostTotal() {
        return lost.sum();
    }

    /** Sessions that a defect of the node ended, since the start. */
    public long defectsTotal() {
        return defects.sum();
    }

    public long commandsTotal() {
        return commands.sum();
    }

    /** Publications that clients of this node got to the backplane, since the start. */
    public long publishedTotal() {
        return published.sum();
    }

    public long publishFailuresTotal() {
        return publishFailures.sum();
    }

    /** Writes that a socket did not take at once, since the start. */
    public long writeStallsTotal() {
        return writeStalls.sum();
    }

    /** Sessions that were cut because too many sockets were full, since the start; each is a write timeout as well. */
    public long fullSocketsCutTotal() {
        return fullSocketsCut.sum();
    }
}
