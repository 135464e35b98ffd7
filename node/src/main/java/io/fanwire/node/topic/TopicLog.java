package io.fanwire.node.topic;

import io.fanwire.node.lane.NanoClock;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shared tail of one topic, already encoded for the wire: append-only segments that are never overwritten, only
 * dropped from the tail. Appending and dropping are guarded by this object's monitor; everything else may be called
 * from any thread and takes no lock. A reader holds no segment but the view that it is writing, so a reader that
 * stands still keeps at most that one alive.
 */
final class TopicLog {
    private static final Segment[] NONE = {};
    private static final int GROWTH = 4;

    // An event of some hundred bytes and perhaps a second one: most topics of a node are quiet.
    private static final int FIRST_SEGMENT_BYTES = 256;

    private final LogConfig config;
    private final NanoClock clock;
    private final LogMeter meter;

    // Readers take `head` before `segments`; the appender sets them the other way round. So the segment of any address
    // below a head that was read is either in the array or was dropped.
    private volatile Mark head = Mark.START;
    private volatile Segment[] segments = NONE;
    private int bytes;
    private boolean ended;

    TopicLog(LogConfig config, NanoClock clock, LogMeter meter) {
        this.config = config;
        this.clock = clock;
        this.meter = meter;
    }

    /** Behind the newest event. */
    Mark head() {
        return head;
    }

    /** Says where the topic stands, unless an event already did. */
    synchronized void startAt(Position position) {
        if (head == Mark.START) head = new Mark(0, 0, position);
    }

    synchronized void appendPublication(EncodedEvent event, Position position) {
        // The position at which the topic started may be newer than what was on its way by then.
        if (isPast(position)) return;
        append(event, new Mark(head.address() + event.size(), head.count() + 1, position));
    }

    /** Positions of {@code epoch} that will not come, both inclusive; those that stand behind it already are left out. */
    synchronized void appendGap(int topicId, long epoch, long from, long to, Gap.Reason reason) {
        Position newest = head.position();
        boolean sameEpoch = epoch == newest.epoch();
        long first = sameEpoch ? Math.max(from, newest.offset() + 1) : from;
        if (sameEpoch && to < first) return;
        EncodedEvent event = EncodedEvent.gap(topicId, epoch, first, to, reason);
        append(event, new Mark(head.address() + event.size(), head.count(), new Position(epoch, Math.max(0, to))));
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
        // The segment may have grown since the head was read; both are whole events, take the farther.
        return end;
    }

    /** The bytes between two marks of one segment; null if that was dropped since. */
    @Nullable
    ByteBuffer view(Mark from, Mark to) {
        Segment segment = find(segments, from.address());
        return segment == null ? null : segment.view(from.address(), to.address());
    }

    /** Drops segments whose last event is older than the configured age. Called now and then. */
    synchronized void dropAged() {
        long oldest = clock.nanoTime() - config.maxAge().toNanos();
        while (segments.length > 0 && segments[0].lastAppendNanos() - oldest < 0) dropFirst();
    }

    /** Drops everything, and takes nothing any more: the backplane may still be delivering. */
    synchronized void end() {
        ended = true;
        while (segments.length > 0) dropFirst();
    }

    private boolean isPast(Position position) {
        Position newest = head.position();
        return position.epoch() == newest.epoch() && position.offset() <= newest.offset();
    }

    private void append(EncodedEvent event, Mark newHead) {
        if (ended) return;
        segmentFor(event.size()).append(event, newHead, clock.nanoTime());
        head = newHead;
    }

    private Segment segmentFor(int size) {
        Segment[] now = segments;
        if (now.length > 0 && now[now.length - 1].hasRoomFor(size)) return now[now.length - 1];
        int capacity = Math.max(size, nextCapacity(now));
        while (segments.length > 0 && bytes + capacity > config.maxBytes()) dropFirst();
        Segment added = new Segment(head, capacity);
        Segment[] extended = Arrays.copyOf(segments, segments.length + 1);
        extended[extended.length - 1] = added;
        segments = extended;
        account(capacity);
        return added;
    }

    // A quiet topic gets a small segment, one that fills it a larger one.
    private int nextCapacity(Segment[] now) {
        if (now.length == 0) return FIRST_SEGMENT_BYTES;
        long grown = (long) now[now.length - 1].capacity() * GROWTH;
        return (int) Math.min(grown, config.segmentBytes());
    }

    private void dropFirst() {
        Segment[] now = segments;
        segments = Arrays.copyOfRange(now, 1, now.length);
        account(-now[0].capacity());
    }

    private void account(int change) {
        bytes += change;
        meter.add(change);
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
