package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.util.List;

/**
 * How far one subscription has come in its topic: tells each position once, as delivered or as missing, in order, and
 * which epoch goes on. Not thread-safe.
 */
final class Progress {
    static final long UNKNOWN = -1;

    private final TopicSequence.Output output;

    /** Up to here everything was delivered or missing. */
    private Position last;

    /** The epochs before that of {@code last}. */
    private List<Position> forks;

    /** Up to this offset, things came otherwise than over the channel of the present connection: it may bring them again. */
    private long told;

    /** The epoch changed, with a break, behind {@code last}; that is to be told with what comes next. */
    private boolean broken;

    Progress(Lineage start, TopicSequence.Output output) {
        this.last = start.newest();
        this.forks = start.forks();
        this.output = output;
    }

    /** The position up to which everything was delivered or missing. */
    Position last() {
        return last;
    }

    /** Whether the channel brought this before, as far as its present epoch goes. */
    boolean wasHeard(Position position) {
        return last.epoch() == position.epoch() && position.offset() <= last.offset() && position.offset() > told;
    }

    /** What a position's offset is in the present epoch; {@link #UNKNOWN} if that is not known. */
    long offset(Position position) {
        if (position.epoch() == last.epoch()) return position.offset();
        for (Position fork : forks) {
            if (fork.epoch() == position.epoch() && position.offset() <= fork.offset()) return position.offset();
        }
        return UNKNOWN;
    }

    /** Whether it is of an epoch before the present one, and not one of those that Redis still has. */
    boolean isOfAnEndedEpoch(Position position) {
        for (Position fork : forks) {
            if (fork.epoch() == position.epoch()) return position.offset() > fork.offset();
        }
        return false;
    }

    /** The connection is gone: what the next one brings has to be later than all before. */
    void disconnected() {
        told = 0;
    }

    /**
     * Goes over to a new epoch, if it is one. Whoever has seen no more than both share only hears its name.
     *
     * @param shared the last offset that both epochs have
     * @return false if the new epoch is a break: what it has behind {@link #last} is new, whatever it was before
     */
    boolean adopt(Lineage lineage, long shared) {
        Position before = last;
        long epoch = lineage.newest().epoch();
        forks = lineage.forks();
        if (epoch == before.epoch()) return true;
        last = new Position(epoch, Math.min(shared, before.offset()));
        broken = broken || shared < before.offset() || !lineage.holds(before);
        if (broken) told = last.offset();
        else tell(last.offset(), Gap.Reason.REASON_EPOCH_CONTINUED);
        return !broken;
    }

    /** The next one that came over the channel; what is left out before it is missing. */
    void deliver(long offset, byte[] body) {
        if (broken || offset > last.offset() + 1) miss(offset - 1);
        last = new Position(last.epoch(), offset);
        output.deliver(last, body);
    }

    /** One of the history, if it is a later one. */
    void fill(StoredPublication publication) {
        long offset = publication.position().offset();
        if (offset <= last.offset()) return;
        deliver(offset, publication.body());
        told = offset;
        output.filled();
    }

    /** What was not told up to this offset is missing. */
    void missUpTo(long offset) {
        if (last.offset() < offset) miss(offset);
    }

    /** Nothing comes any more up to this offset: tells what is missing, and that the epoch changed in any case. */
    void settle(long offset) {
        if (broken || last.offset() < offset) miss(Math.max(offset, last.offset()));
    }

    private void miss(long to) {
        Gap.Reason reason = broken ? Gap.Reason.REASON_EPOCH_CHANGED : Gap.Reason.REASON_BACKPLANE_LOST;
        broken = false;
        tell(to, reason);
        told = Math.max(told, to);
    }

    private void tell(long to, Gap.Reason reason) {
        TopicSequence.Missing missing = new TopicSequence.Missing(last.epoch(), last.offset() + 1, to, reason);
        last = new Position(last.epoch(), to);
        output.missing(missing);
    }
}
