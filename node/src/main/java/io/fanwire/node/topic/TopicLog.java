package io.fanwire.node.topic;

import io.fanwire.node.lane.NanoClock;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shared tail of one topic, already encoded for the wire: append-only segments that are never overwritten, only
 * dropped from the tail. Any thread may call anything. Appending and dropping are guarded by this object's monitor;
 * reading takes no lock. A reader holds no segment but the view that it is writing, so a reader that stands still keeps
 * at most that one alive.
 */
final class TopicLog {
    private static final Segment[] NONE = {};
    private static final int GROWTH = 4;

    // An event of some hundred bytes and perhaps a second one: most topics of a node are quiet.
    static final int FIRST_SEGMENT_BYTES = 256;

    private final LogConfig config;
    private final NanoClock clock;
    private final LogBudget budget;

    // Readers take `head` before `segments`; the appender sets them the other way round. So the segment of any address
    // below a head that was read is either in the array or was dropped.
    private volatile Mark head = Mark.START;
    private volatile Segment[] segments = NONE;

    // The newest publication alone, for who wants no more: the mark before it.
    private volatile Mark beforeNewest = Mark.START;
    private int bytes;
    private boolean ended;

    TopicLog(LogConfig config, NanoClock clock, LogBudget budget) {
        this.config = config;
        this.clock = clock;
        this.budget = budget;
    }

    /** Behind the newest event. */
    Mark head() {
        return head;
    }

    /** The first place that is not before this position, in the same epoch; null if there is none. */
    @Nullable
    Mark firstFrom(Position position) {
        Mark limit = head;
        for (Segment segment : segments) {
            Mark found = segment.firstFrom(position, limit);
            if (found != null) return found;
        }
        return null;
    }

    /** Before the newest publication; no longer of use if that was dropped. */
    Mark beforeNewest() {
        return beforeNewest;
    }

    /**
     * Where a reader goes on that has had everything up to this position.
     *
     * @return null if what comes next is not here any more, or if the log never was exactly there
     */
    @Nullable
    Mark find(Position position) {
        Mark limit = head;
        if (limit.position().equals(position)) return limit;
        Segment[] now = segments;
        for (int i = now.length - 1; i >= 0; i--) {
            Mark found = now[i].find(position, limit);
            if (found != null) return found;
        }
        return null;
    }

    /** Says where the topic stands, unless an event already did. */
    synchronized void startAt(Position position) {
        if (head == Mark.START) head = new Mark(0, 0, position);
    }

    void appendPublication(EncodedEvent event, Position position) {
        addPublication(event, position);
        budget.enforce();
    }

    /** Positions of {@code epoch} that will not come, both inclusive; those that stand behind it already are left out. */
    void appendGap(int topicId, long epoch, long from, long to, Gap.Reason reason) {
        addGap(topicId, epoch, from, to, reason);
        budget.enforce();
    }

    /**
     * How far one write can go from a mark: to the end of the mark's segment, or to the head.
     *
     * @return the mark itself if it is the head; null if its segment was dropped
     */
    @Nullable
    Mark reach(Mark from) {
        Mark limit = head;
        if (from.address() == limit.address()) return from;
        Segment segment = find(segments, from.address());
        if (segment == null) return null;
        Mark end = segment.end();
        // The segment grows before the head moves: a reader beyond the head would be taken for one that fell behind.
        return end.address() < limit.address() ? end : limit;
    }

    /** The bytes between two marks of one segment; null if that was dropped since. */
    @Nullable
    ByteBuffer view(Mark from, Mark to, SpareView spare) {
        Segment segment = find(segments, from.address());
        return segment == null ? null : segment.view(from.address(), to.address(), spare);
    }

    /** Drops segments whose last event is older than the configured age. Called now and then. */
    void dropAged() {
        // Most topics of a node have nothing to drop, and need no lock to say so.
        if (segments.length > 0)
            dropOlderThan(clock.nanoTime() - config.maxAge().toNanos());
    }

    /** Drops everything, and takes nothing any more: the backplane may still be delivering. */
    synchronized void end() {
        ended = true;
        drop(segments.length);
    }

    /** Drops a segment and those before it: nobody can read on from them. Returns the bytes that are free by it. */
    synchronized int dropThrough(Segment last) {
        int before = bytes;
        drop(Arrays.asList(segments).indexOf(last) + 1);
        return before - bytes;
    }

    private synchronized void addPublication(EncodedEvent event, Position position) {
        // The position at which the topic started may be newer than what was on its way by then.
        if (isPast(position)) return;
        // Before the backplane has said where the topic stands: it stood right before this one.
        if (head == Mark.START) head = new Mark(0, 0, new Position(position.epoch(), position.offset() - 1));
        beforeNewest = head;
        append(event, new Mark(head.address() + event.size(), head.count() + 1, position));
    }

    private synchronized void addGap(int topicId, long epoch, long from, long to, Gap.Reason reason) {
        Position newest = head.position();
        boolean sameEpoch = epoch == newest.epoch();
        long first = sameEpoch ? Math.max(from, newest.offset() + 1) : from;
        if (sameEpoch && to < first) return;
        if (head == Mark.START) head = new Mark(0, 0, new Position(epoch, Math.max(0, first - 1)));
        EncodedEvent event = EncodedEvent.gap(topicId, epoch, first, to, reason);
        append(event, new Mark(head.address() + event.size(), head.count(), new Position(epoch, Math.max(0, to))));
    }

    private synchronized void dropOlderThan(long oldest) {
        while (segments.length > 0 && segments[0].lastAppendNanos() - oldest < 0) drop(1);
    }

    private boolean isPast(Position position) {
        Position newest = head.position();
        return position.epoch() == newest.epoch() && position.offset() <= newest.offset();
    }

    private void append(EncodedEvent event, Mark newHead) {
        if (ended) return;
        long now = clock.nanoTime();
        segmentFor(event.size(), now).append(event, newHead, now);
        head = newHead;
    }

    private Segment segmentFor(int size, long now) {
        Segment current = current();
        if (current != null && current.hasRoomFor(size)) return current;
        int capacity = Math.max(size, nextCapacity(current));
        while (segments.length > 0 && bytes + capacity > config.maxBytes()) drop(1);
        Segment added = new Segment(this, head, capacity, now);
        Segment[] extended = Arrays.copyOf(segments, segments.length + 1);
        extended[extended.length - 1] = added;
        segments = extended;
        bytes += capacity;
        budget.add(added, current);
        return added;
    }

    /** The one that is written to. */
    private @Nullable Segment current() {
        Segment[] now = segments;
        return now.length == 0 ? null : now[now.length - 1];
    }

    // A quiet topic gets a small segment, one that fills it a larger one.
    private int nextCapacity(@Nullable Segment full) {
        if (full == null) return FIRST_SEGMENT_BYTES;
        return (int) Math.min((long) full.capacity() * GROWTH, config.segmentBytes());
    }

    /** Drops the oldest segments. */
    private void drop(int count) {
        Segment[] now = segments;
        segments = count == now.length ? NONE : Arrays.copyOfRange(now, count, now.length);
        for (int i = 0; i < count; i++) {
            bytes -= now[i].capacity();
            budget.remove(now[i]);
        }
    }

    /** The segment that holds the byte at this address; null if it was dropped. */
    private static @Nullable Segment find(Segment[] segments, long address) {
        // From the end: nearly every reader is near the head.
        for (int i = segments.length - 1; i >= 0; i--) {
            if (segments[i].start() <= address) {
                return address < segments[i].end().address() ? segments[i] : null;
            }
        }
        return null;
    }
}
