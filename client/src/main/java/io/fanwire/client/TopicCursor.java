package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
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

    TopicCursor(String topic) {
        this.topic = topic;
    }

    /**
     * A node says where the topic stands. An offset before the last one is no loss: that node is a little behind the
     * one before, and what it sends until it has caught up are duplicates.
     */
    @Nullable
    GapInfo subscribed(Position position) {
        boolean sameEpoch = placed && epoch == position.epoch();
        long from = sameEpoch ? last + 1 : 1;
        boolean missed = placed && (!sameEpoch || position.offset() > last);
        GapInfo.Reason reason = sameEpoch ? GapInfo.Reason.CONNECTION_LOST : GapInfo.Reason.EPOCH_CHANGED;
        place(position.epoch(), sameEpoch ? Math.max(last, position.offset()) : position.offset());
        return missed ? new GapInfo(topic, epoch, from, position.offset(), reason) : null;
    }

    /** A node tells a gap: what of it is news, with what it skipped before it. */
    List<GapInfo> gap(Gap gap) {
        List<GapInfo> news = new ArrayList<>(2);
        long from = gap.getFromOffset();
        long to = gap.getToOffset();
        boolean sameEpoch = epoch == gap.getEpoch();
        if (sameEpoch) {
            if (from > last + 1) news.add(missing(from - 1, GapInfo.Reason.UNEXPLAINED));
            from = Math.max(from, last + 1);
        }
        if (!sameEpoch || from <= to) news.add(new GapInfo(topic, gap.getEpoch(), from, to, reasonOf(gap)));
        place(gap.getEpoch(), sameEpoch ? Math.max(last, to) : to);
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

    private GapInfo missing(long to, GapInfo.Reason reason) {
        return new GapInfo(topic, epoch, last + 1, to, reason);
    }

    private void place(long newEpoch, long offset) {
        placed = true;
        epoch = newEpoch;
        last = offset;
    }

    private static GapInfo.Reason reasonOf(Gap gap) {
        return switch (gap.getReason()) {
            case REASON_BACKPLANE_LOST -> GapInfo.Reason.BACKPLANE_LOST;
            case REASON_TOO_SLOW -> GapInfo.Reason.TOO_SLOW;
            case REASON_EPOCH_CHANGED -> GapInfo.Reason.EPOCH_CHANGED;
            case REASON_HISTORY_EXCEEDED, REASON_CONFLATED, REASON_EPOCH_CONTINUED, REASON_UNSPECIFIED, UNRECOGNIZED ->
                GapInfo.Reason.UNEXPLAINED;
        };
    }
}
