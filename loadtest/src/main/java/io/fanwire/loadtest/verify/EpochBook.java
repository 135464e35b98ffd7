package io.fanwire.loadtest.verify;

import io.fanwire.loadtest.ledger.Contents;
import io.fanwire.loadtest.ledger.Intervals;
import io.fanwire.loadtest.ledger.Received;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.protocol.Position;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one subscriber gets in one epoch of its topic. Not thread-safe. */
final class EpochBook {
    final long number;
    final long enteredNanos = WallClock.nanos();
    private final Intervals offsets = new Intervals();
    private final Contents contents = new Contents();
    private final SortedMap<String, Intervals> told = new TreeMap<>();
    /** That this one goes on from, offsets and all; null if something else was there before. */
    final @Nullable EpochBook predecessor;

    /**
     * By publisher. An idempotency key lets a publication take place only once, within an epoch and those that it goes on
     * in.
     */
    private Intervals[] sequences;

    private long reached;
    private boolean rewound;

    EpochBook(long number, int publishers) {
        this.number = number;
        this.predecessor = null;
        this.sequences = new Intervals[publishers];
    }

    private EpochBook(long number, EpochBook predecessor) {
        this.number = number;
        this.predecessor = predecessor;
        this.sequences = predecessor.sequences;
        this.reached = predecessor.reached;
    }

    /** Redis was restarted or replaced, and nothing that the subscriber saw was lost by it. */
    EpochBook continued(long newNumber) {
        return new EpochBook(newNumber, this);
    }

    /**
     * Redis lost what was behind an offset, and goes on from there; what came after the last one that the subscriber got
     * may be missing, and what it got before may come again, elsewhere.
     */
    void rewind(long to, String reason) {
        end(reason);
        rewound = true;
        reached = Math.min(reached, to);
        sequences = new Intervals[sequences.length];
    }

    /** Whether what this subscriber has reached is at or behind a publication, or can't be compared with it any more. */
    boolean isAtOrPast(Position position) {
        EpochBook its = this;
        while (its != null && its.number != position.epoch()) its = its.predecessor;
        // With an epoch that was never heard of it can be compared if what is here goes on from somewhere.
        boolean isLost = its == null ? predecessor == null : its.rewound;
        return isLost || reached >= position.offset();
    }

    void begin(long offset) {
        reached = Math.max(reached, offset);
    }

    /** The last offset that came, or was told to be missing. */
    long reached() {
        return reached;
    }

    /** Returns whether it has not come before. */
    boolean add(long offset) {
        reached = Math.max(reached, offset);
        return offsets.add(offset);
    }

    /** Returns whether the publication has not come before, at another offset. */
    boolean add(long offset, Payload payload) {
        contents.add(offset, payload.id());
        int publisher = payload.publisher();
        if (sequences[publisher] == null) sequences[publisher] = new Intervals();
        return sequences[publisher].add(payload.sequence());
    }

    /** Does nothing for an empty range, such as one that only tells of a new epoch. */
    void told(long from, long to, String reason) {
        told.computeIfAbsent(reason, each -> new Intervals()).add(from, to);
        reached = Math.max(reached, to);
    }

    /** Another epoch has begun: whatever comes behind here may be missing. */
    void end(String reason) {
        told.computeIfAbsent(reason, each -> new Intervals()).add(reached + 1, Long.MAX_VALUE);
    }

    Received received() {
        SortedMap<String, Intervals> copies = new TreeMap<>();
        told.forEach((reason, missing) -> copies.put(reason, missing.copy()));
        Long from = predecessor == null ? null : predecessor.number;
        return new Received(enteredNanos, from, offsets.copy(), contents.copy(), copies);
    }
}
