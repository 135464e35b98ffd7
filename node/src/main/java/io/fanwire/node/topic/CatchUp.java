package io.fanwire.node.topic;

import io.fanwire.node.backplane.Lineage;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's way from a position back into the live log: through pages of the topic's history, one at a time, at
 * the subscriber's own pace, never beyond the log's head. All state is owned by the lane.
 */
final class CatchUp {
    private final HostedTopic hosted;
    private Position at;
    private @Nullable Page page;

    /** Where it stood when the present page came. */
    private @Nullable Position before;

    /** @param at what the subscriber has had, and everything before */
    CatchUp(HostedTopic hosted, Position at) {
        this.hosted = hosted;
        this.at = at;
    }

    Position at() {
        return at;
    }

    /** The page that was asked for has come. */
    void page(Page next) {
        page = next;
        before = at;
    }

    /** The page has helped with nothing: another right away would not either. */
    boolean isStuck() {
        Page present = page;
        boolean endsBefore = present != null && present.isFull() && present.through() <= at.offset();
        return at.equals(before) && !endsBefore;
    }

    /** How many publications the next {@link #take} has; 0 if something else has to be done first. */
    long available() {
        Page present = page;
        if (present == null || present.lineage().newest().epoch() != at.epoch()) return 0;
        long next = at.offset() + 1;
        long limit = limit(present);
        if (next > limit || present.firstFrom(next) != next) return 0;
        return present.endOfRun(next, limit) - at.offset();
    }

    /** Takes what is {@link #available}. */
    ByteBuffer take(long count, SpareView spare) {
        Page present = page;
        if (present == null) throw new IllegalStateException("there is no page");
        long last = at.offset() + count;
        ByteBuffer events = present.view(at.offset() + 1, last, spare);
        at = new Position(at.epoch(), last);
        return events;
    }

    /** Where the live log can be read on; null if it can't yet. */
    @Nullable
    Mark rejoin() {
        return hosted.log().find(at);
    }

    /** What has to be told before more can be taken; null if another page is wanted. */
    @Nullable
    Event news() {
        Page present = page;
        if (present == null) return null;
        long epoch = present.lineage().newest().epoch();
        if (epoch != at.epoch()) {
            // A page and a log of two epochs: one of them is behind, and which is for Redis to say.
            return epoch == hosted.log().head().position().epoch() ? newEpoch(present.lineage()) : null;
        }
        long missing = endOfHole(present);
        return missing > at.offset() ? tell(missing, Gap.Reason.REASON_HISTORY_EXCEEDED) : null;
    }

    /** The offset from which a page is wanted. Drops the one that is used up. */
    long wanted() {
        boolean isFirst = page == null;
        page = null;
        long next = at.offset() + 1;
        return isFirst ? PageShelf.aligned(next) : next;
    }

    private Event newEpoch(Lineage lineage) {
        long epoch = lineage.newest().epoch();
        boolean continued = lineage.holds(at);
        at = new Position(epoch, continued ? at.offset() : lineage.shared(at.epoch()));
        return tell(at.offset(), continued ? Gap.Reason.REASON_EPOCH_CONTINUED : Gap.Reason.REASON_EPOCH_CHANGED);
    }

    private long endOfHole(Page present) {
        long next = at.offset() + 1;
        long end = Math.min(present.firstFrom(next) - 1, limit(present));
        // The node's own memory may have what Redis has not any more.
        Mark known = hosted.log().firstFrom(at);
        return known == null ? end : Math.min(end, known.position().offset());
    }

    /** What lies behind the head comes through the log. A log of another epoch says nothing, until it has this one. */
    private long limit(Page present) {
        Position head = hosted.log().head().position();
        return head.epoch() == at.epoch() ? Math.min(head.offset(), present.through()) : 0;
    }

    private Event tell(long to, Gap.Reason reason) {
        Event gap = Gaps.event(hosted.id(), at.epoch(), at.offset() + 1, to, reason);
        at = new Position(at.epoch(), to);
        return gap;
    }
}
