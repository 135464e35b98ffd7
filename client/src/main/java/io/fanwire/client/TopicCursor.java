package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Subscribed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last position of a topic that a listener has got, or was told to be missing. Decides what is a duplicate and what
 * is missing; survives connections. Owned by the loop.
 */
final class TopicCursor {
    private final String topic;
    private boolean placed;
    private long epoch;
    private long last;

    /** @param start what the listener has got already, or null if it begins where the first node says */
    TopicCursor(String topic, @Nullable Position start) {
        this.topic = topic;
        if (start != null) place(start);
    }

    /** Where to go on; null before the first word of a node. */
    @Nullable
    Position position() {
        return placed ? new Position(epoch, last) : null;
    }

    /**
     * A node says where the subscription starts. An offset before the last one, in the same epoch, is no loss: that node
     * is a little behind the one before, and what it sends until it has caught up are duplicates.
     *
     * @return what is missing behind the position that was asked for
     */
    @Nullable
    GapInfo subscribed(Subscribed reply) {
        Position start = Positions.of(reply.getPosition());
        if (!placed) return placedAt(start);
        if (reply.getPositionLost()) return positionLost(start);
        if (start.epoch() == epoch) return reply.getResumed() ? null : missedUpTo(start.offset());
        // A start before what was seen would be a contradiction, and a loss if it were believed.
        if (reply.getResumed() && start.offset() >= last) return continuedIn(start.epoch());
        return startedAnew(start);
    }

    /**
     * Whether a gap leaves open if something was lost. The node is behind what was seen, and says that all it has sent
     * lives on in a new epoch: of what it has not sent it says nothing. Only a new look at the position can tell.
     */
    boolean isUnsettledBy(Gap gap) {
        return isContinuation(gap) && gap.getEpoch() != epoch && gap.getFromOffset() <= last;
    }

    /** A node tells a gap: what of it is news, with what it skipped before it. */
    List<GapInfo> gap(Gap gap) {
        boolean continues = isContinuation(gap) && gap.getEpoch() != epoch;
        if (continues) epoch = gap.getEpoch();
        List<GapInfo> news = new ArrayList<>(2);
        long from = gap.getFromOffset();
        long to = gap.getToOffset();
        boolean sameEpoch = epoch == gap.getEpoch();
        if (sameEpoch) {
            if (from > last + 1) news.add(missing(from - 1, GapInfo.Reason.UNEXPLAINED));
            from = Math.max(from, last + 1);
        }
        if (!sameEpoch || from <= to) news.add(new GapInfo(topic, gap.getEpoch(), from, to, reasonOf(gap)));
        long skipped = gap.getFromOffset() - 1;
        place(new Position(gap.getEpoch(), sameEpoch ? Math.max(last, Math.max(skipped, to)) : to));
        if (continues) news.add(continuedIn(epoch));
        return news;
    }

    boolean isDuplicate(long offset) {
        return offset <= last;
    }

    /** What is missing before a publication that is no duplicate. */
    @Nullable
    GapInfo holeBefore(long offset) {
        return offset == last + 1 ? null : missing(offset - 1, GapInfo.Reason.UNEXPLAINED);
    }

    /** A publication is delivered. */
    Position moveTo(long offset) {
        last = offset;
        return new Position(epoch, offset);
    }

    private @Nullable GapInfo placedAt(Position start) {
        place(start);
        return null;
    }

    /** Whether Redis has lost something that was acknowledged and that nobody here has seen, nobody can tell. */
    private GapInfo continuedIn(long newEpoch) {
        epoch = newEpoch;
        return missingFrom(last + 1, GapInfo.Reason.EPOCH_CONTINUED);
    }

    private @Nullable GapInfo missedUpTo(long offset) {
        if (offset <= last) return null;
        GapInfo missed = missing(offset, GapInfo.Reason.CONNECTION_LOST);
        last = offset;
        return missed;
    }

    private GapInfo positionLost(Position start) {
        boolean knownToMiss = start.epoch() == epoch && start.offset() > last;
        long from = knownToMiss ? last + 1 : start.offset() + 1;
        place(start);
        return missingFrom(from, GapInfo.Reason.POSITION_LOST);
    }

    private GapInfo startedAnew(Position start) {
        place(start);
        return missingFrom(1, GapInfo.Reason.EPOCH_CHANGED);
    }

    private GapInfo missing(long to, GapInfo.Reason reason) {
        return new GapInfo(topic, epoch, last + 1, to, reason);
    }

    private GapInfo missingFrom(long from, GapInfo.Reason reason) {
        return new GapInfo(topic, epoch, from, last, reason);
    }

    private void place(Position position) {
        placed = true;
        epoch = position.epoch();
        last = position.offset();
    }

    private static boolean isContinuation(Gap gap) {
        return gap.getReason() == Gap.Reason.REASON_EPOCH_CONTINUED;
    }

    private static GapInfo.Reason reasonOf(Gap gap) {
        return switch (gap.getReason()) {
            case REASON_BACKPLANE_LOST -> GapInfo.Reason.BACKPLANE_LOST;
            case REASON_TOO_SLOW -> GapInfo.Reason.TOO_SLOW;
            case REASON_EPOCH_CHANGED -> GapInfo.Reason.EPOCH_CHANGED;
            case REASON_HISTORY_EXCEEDED -> GapInfo.Reason.HISTORY_EXCEEDED;
            case REASON_CONFLATED -> GapInfo.Reason.CONFLATED;
            case REASON_EPOCH_CONTINUED, REASON_UNSPECIFIED, UNRECOGNIZED -> GapInfo.Reason.UNEXPLAINED;
        };
    }
}
