package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import org.jspecify.annotations.Nullable;

/**
 * Where one subscription stands in its topic, and what each arrival means: every position is delivered once or missing
 * once. Decides only; telling the listener (or one day filling the hole from history first) is up to the caller. Not
 * thread-safe.
 */
final class TopicSequence {
    private @Nullable Position last;

    /** The position up to which everything was delivered or missing; null before the start. */
    @Nullable
    Position last() {
        return last;
    }

    /** A publication came. The first one of all starts the sequence. */
    Arrival arrived(Position position) {
        Position before = last;
        if (before != null && before.epoch() == position.epoch() && position.offset() <= before.offset()) {
            return Arrival.STALE;
        }
        Missing missing = before == null ? null : missing(before, position.epoch(), position.offset() - 1);
        last = position;
        return missing == null ? Arrival.NEXT : new Arrival(true, missing);
    }

    /** Everything up to this position was published and has had its time to arrive: the rest is missing. */
    @Nullable
    Missing caughtUp(Position newest) {
        Position before = last;
        if (before != null && before.epoch() == newest.epoch() && newest.offset() <= before.offset()) return null;
        last = newest;
        return before == null ? null : missing(before, newest.epoch(), newest.offset());
    }

    /** What lies between a position and the offset {@code to} of an epoch, both ends excluded and included. */
    private static @Nullable Missing missing(Position before, long epoch, long to) {
        if (before.epoch() != epoch) return new Missing(epoch, 1, to, Gap.Reason.REASON_EPOCH_CHANGED);
        if (before.offset() == to) return null;
        return new Missing(epoch, before.offset() + 1, to, Gap.Reason.REASON_BACKPLANE_LOST);
    }

    /**
     * What to do with a publication.
     *
     * @param delivered whether it is to be delivered, after what is missing was told
     */
    record Arrival(boolean delivered, @Nullable Missing missing) {
        static final Arrival NEXT = new Arrival(true, null);

        /** An offset that was passed already: Redis gave it twice, so it has lost the first. */
        static final Arrival STALE = new Arrival(false, null);
    }

    /** A gap to tell; as in {@link io.fanwire.node.backplane.TopicListener#onGap}. */
    record Missing(long epoch, long from, long to, Gap.Reason reason) {}
}
