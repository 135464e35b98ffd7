package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Position;
import org.jspecify.annotations.Nullable;

/** What a subscription has to get before it can go on: up to where, and what came behind it meanwhile. Not thread-safe. */
final class Hole {
    private final Progress progress;
    private final Backlog backlog;

    /** What is up to this offset and neither in the history nor in the backlog will not come. */
    private long end;

    /** The newest message of an unknown epoch that a page has not explained yet. */
    private @Nullable ChannelMessage suspect;

    Hole(Progress progress, Backlog.Room room) {
        this.progress = progress;
        this.backlog = new Backlog(room);
        this.end = progress.last().offset();
    }

    /** The last offset that is known to have been given out. */
    long end() {
        return end;
    }

    void reachTo(long offset) {
        end = Math.max(end, offset);
    }

    /** The epoch changed: what was known beyond this offset is not of the new one. */
    void endBy(long offset) {
        end = Math.min(end, offset);
    }

    void add(ChannelMessage message) {
        backlog.add(message);
    }

    /** Holds nothing any more. */
    void clear() {
        backlog.clear();
    }

    /**
     * Delivers what has waited, as far as nothing is missing before it.
     *
     * @param certain what is up to this offset and was not in the history is not there
     * @return whether nothing is left to be got
     */
    boolean close(long certain) {
        for (ChannelMessage next = backlog.peek(); next != null; next = backlog.peek()) {
            if (isUnexplained(next)) return false;
            long offset = progress.offset(next.position());
            if (offset > progress.last().offset() + 1 && offset - 1 > certain) {
                progress.missUpTo(Math.min(certain, end));
                return false;
            }
            backlog.poll();
            // What even a fresh lineage does not know came from somewhere else.
            if (offset > progress.last().offset()) progress.deliver(offset, next.body());
        }
        progress.missUpTo(Math.min(certain, end));
        if (progress.last().offset() < end) return false;
        progress.settle(progress.last().offset());
        return true;
    }

    /** Whether a page has to say what it is, which none has been asked for yet. */
    private boolean isUnexplained(ChannelMessage message) {
        Position position = message.position();
        boolean unknown = progress.offset(position) == Progress.UNKNOWN && !progress.isOfAnEndedEpoch(position);
        if (!unknown || message == suspect) return false;
        suspect = message;
        return true;
    }
}
