package io.fanwire.client;

/**
 * Positions that a subscription will not get. What follows goes on behind {@code toOffset}, in {@code epoch}. Where that
 * is another epoch than that of the message before, an unknown number of messages behind it may be missing as well.
 *
 * @param topic the topic's name
 * @param epoch the epoch of both offsets, and of what follows
 * @param fromOffset the first missing offset
 * @param toOffset the last missing offset, inclusive; less than {@code fromOffset} if none is known to be missing by its
 *     offset, which happens only where the reason {@linkplain Reason#isUnbounded is unbounded}
 * @param reason why
 */
public record GapInfo(String topic, long epoch, long fromOffset, long toOffset, Reason reason) {
    /** How many offsets of this epoch are missing; see {@link Reason#isUnbounded}. */
    public long missing() {
        return Math.max(0, toOffset - fromOffset + 1);
    }

    /** Why positions are missing. */
    public enum Reason {
        /** They were published while the client was not connected, and the node could not bring them. */
        CONNECTION_LOST,
        /** The node lost its connection to the backplane for a while. */
        BACKPLANE_LOST,
        /** This client read more slowly than the topic was published to, and the topic has no history. */
        TOO_SLOW,
        /** They are not in the topic's history any more, or the topic has none. */
        HISTORY_EXCEEDED,
        /** This client fell behind on a topic of which only the newest message counts. That one comes next. */
        CONFLATED,
        /**
         * Redis lost publications, perhaps all its memory: an unknown number of messages behind the last one is missing.
         * The offsets may have started anew.
         */
        EPOCH_CHANGED,
        /**
         * Redis lost the last message that this subscription got, and an unknown number of others; the offsets go on from
         * a lower one, in the same epoch.
         */
        POSITION_LOST,
        /**
         * Redis was restarted or replaced. All that this subscription got still stands, and it goes on without a hole;
         * but messages that were acknowledged right before may be gone, and then nobody knows of them. None is missing
         * where Redis lost nothing.
         */
        EPOCH_CONTINUED,
        /** The node skipped them without a word, or with a reason that is newer than this client. */
        UNEXPLAINED;

        /** Whether more may be missing than {@link GapInfo#missing} counts. */
        public boolean isUnbounded() {
            return this == EPOCH_CHANGED || this == EPOCH_CONTINUED || this == POSITION_LOST;
        }
    }
}
