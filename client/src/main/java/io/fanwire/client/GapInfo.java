package io.fanwire.client;

/**
 * Positions that a subscription will not get.
 *
 * @param topic the topic's name
 * @param epoch the epoch of both offsets, and of what follows
 * @param fromOffset the first missing offset
 * @param toOffset the last missing offset, inclusive; less than {@code fromOffset} if none is missing in this epoch,
 *     which happens only with {@link Reason#EPOCH_CHANGED}
 * @param reason why
 */
public record GapInfo(String topic, long epoch, long fromOffset, long toOffset, Reason reason) {
    /** How many offsets of this epoch are missing. */
    public long missing() {
        return Math.max(0, toOffset - fromOffset + 1);
    }

    /** Why positions are missing. */
    public enum Reason {
        /** The client was not connected when they were published. */
        CONNECTION_LOST,
        /** The node lost its connection to the backplane for a while. */
        BACKPLANE_LOST,
        /** This client read more slowly than the topic was published to. */
        TOO_SLOW,
        /**
         * The topic's offsets started anew. An unknown number of messages after the last one of the epoch before may be
         * missing too.
         */
        EPOCH_CHANGED,
        /** The node skipped them without a word, or with a reason that is newer than this client. */
        UNEXPLAINED
    }
}
