package io.fanwire.node.backplane;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;

/**
 * Hears one topic. Called by one thread at a time, in the order of offsets, each position at most once: either as a
 * publication or inside a gap. Must not block.
 */
public interface TopicListener {
    /**
     * The next publication.
     *
     * @param body see {@link OutgoingPublication#body()}; belongs to the listener from here on
     */
    void onPublication(Position position, byte[] body);

    /**
     * Positions that will not come, or, with {@code REASON_EPOCH_CONTINUED}, only a new epoch.
     *
     * @param epoch the epoch from here on
     * @param from first missing offset, inclusive, in that epoch; the next one if none is missing
     * @param to last missing offset, inclusive; {@code from - 1} if none is missing in that epoch
     */
    void onGap(long epoch, long from, long to, Gap.Reason reason);
}
