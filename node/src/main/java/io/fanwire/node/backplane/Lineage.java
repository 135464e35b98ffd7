package io.fanwire.node.backplane;

import io.fanwire.protocol.Position;
import java.util.List;

/**
 * Where a topic stands, and by which epochs it came there. A new epoch that Redis starts when it was restarted or
 * replaced goes on with the offsets of the one before; what the one before may have had beyond that point is lost.
 *
 * @param newest the position of the newest publication
 * @param forks for each earlier epoch that is still known, newest first, the last position that the present one shares
 */
public record Lineage(Position newest, List<Position> forks) {
    /** Earlier epochs are forgotten. */
    public static final int MAX_FORKS = 4;

    public Lineage {
        forks = List.copyOf(forks);
    }

    /** Of a topic whose epoch has no known predecessor. */
    public static Lineage of(Position newest) {
        return new Lineage(newest, List.of());
    }

    /** The last offset that an earlier epoch shares with the present one; 0 if it is not known. */
    public long shared(long epoch) {
        for (Position fork : forks) {
            if (fork.epoch() == epoch) return fork.offset();
        }
        return 0;
    }

    /** Whether a position, perhaps of an earlier epoch, stands for the same publication today. */
    public boolean holds(Position position) {
        if (position.epoch() == newest.epoch()) return position.offset() <= newest.offset();
        return forks.stream().anyMatch(fork -> fork.epoch() == position.epoch() && position.offset() <= fork.offset());
    }
}
