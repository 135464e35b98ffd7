package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one subscription stands in its topic, and what each message, page and comparison means for it: every position is
 * delivered once or missing once, in order. A hole on a topic with history is filled from there before anything later is
 * delivered; what comes meanwhile waits. Decides only: pages and comparisons that it wants are got by the caller. Not
 * thread-safe.
 */
final class TopicSequence {
    private static final long UNKNOWN = -1;

    private final boolean history;
    private final Backlog.Room room;
    private final Output output;

    /** Up to here everything was delivered or missing. */
    private @Nullable Position last;

    /** The epochs before that of {@code last}. */
    private List<Position> forks = List.of();

    /** What came last over the channel on the present connection. */
    private @Nullable Position heard;

    /** Up to this offset, things came otherwise than over the channel of the present connection: it may bring them again. */
    private long told;

    /** Not null: something before what is in it has to be got first. */
    private @Nullable Backlog backlog;

    /** What is up to this offset and neither in the history nor in the backlog will not come. */
    private long goal;

    /** The newest message of an unknown epoch that a page has not explained yet. */
    private @Nullable ChannelMessage suspect;

    /** The epoch changed, with a break, behind {@code last}; that is to be told with what comes next. */
    private boolean broken;

    /** A comparison with Redis is needed before any page helps: Redis knows less than was heard. */
    private boolean ahead;

    /** An offset came twice; the one before it is the last that is trusted. */
    private long trusted = Long.MAX_VALUE;

    TopicSequence(boolean history, Backlog.Room room, Output output) {
        this.history = history;
        this.room = room;
        this.output = output;
    }

    /** The position up to which everything was delivered or missing; null before the start. */
    @Nullable
    Position last() {
        return last;
    }

    /** The newest position that is known to have been given out; null before the start. */
    @Nullable
    Position newest() {
        return last == null || backlog == null ? last : new Position(last.epoch(), Math.max(last.offset(), goal));
    }

    /** The last offset, up to that of {@link #newest}, that was not given out twice as far as is known. */
    long trusted() {
        Position newest = newest();
        return newest == null ? 0 : Math.min(trusted, newest.offset());
    }

    /** Whether an offset came twice: Redis has lost what it gave the offset to first. */
    boolean isStale() {
        return trusted != Long.MAX_VALUE;
    }

    /** Whether a comparison with Redis is wanted. */
    boolean wantsComparison() {
        return ahead || isStale();
    }

    /** The offset from which a page of the history is wanted, else 0. */
    long wantedPage() {
        return backlog == null || ahead || last == null ? 0 : last.offset() + 1;
    }

    /** The connection is gone, and what was not delivered yet with it. */
    void disconnected() {
        heard = null;
        told = 0;
        ahead = false;
        caughtUp();
    }

    /** A message came over the channel. The first one of all starts the sequence. */
    void arrived(ChannelMessage message) {
        Position position = message.position();
        if (isRepeated(position)) {
            trusted = Math.min(trusted, position.offset() - 1);
            return;
        }
        heard = position;
        if (last == null) last = new Position(position.epoch(), position.offset() - 1);
        if (isOfAnEndedEpoch(position)) return;
        long offset = offset(position);
        if (offset != UNKNOWN && offset <= last.offset()) return;
        boolean next = backlog == null && (offset == last.offset() + 1 || offset != UNKNOWN && !history);
        if (next) deliver(offset, message.body());
        else keep(message, offset);
    }

    /**
     * The page that was wanted. One that was asked for before the last disconnect is not to be brought here.
     *
     * @param asked {@link #newest} when it was asked for; what arrived since, the page need not know
     */
    void page(HistoryPage page, @Nullable Position asked) {
        if (backlog == null || last == null) return;
        // An earlier epoch, or less than was known: of a Redis that is not the one any more, or was asked too early.
        if (page.lineage().newest().epoch() < last.epoch() || isBehind(page.lineage(), asked)) {
            ahead = true;
            return;
        }
        adopt(page.lineage());
        if (page.from() > last.offset() + 1) return;
        for (StoredPublication each : page.publications()) stored(each);
        drain(page.hasMore() ? last.offset() : page.lineage().newest().offset());
    }

    /**
     * Everything up to this position was published and has had its time to arrive.
     *
     * @param known what Redis was asked with: {@link #newest} by then
     * @return false if the topic has moved to another epoch since, so that the answer may be outdated: ask again
     */
    boolean settle(@Nullable Position known, Lineage lineage) {
        Position newest = lineage.newest();
        if (last == null) {
            last = newest;
            forks = lineage.forks();
            return true;
        }
        if (isOutdated(known, lineage)) return false;
        adopt(lineage);
        ahead = false;
        trusted = Long.MAX_VALUE;
        if (backlog != null) goal = Math.max(goal, newest.offset());
        if (history && newest.offset() > last.offset()) catchUp(newest.offset());
        else if (backlog == null && (broken || newest.offset() > last.offset())) {
            miss(Math.max(newest.offset(), last.offset()));
        } else if (!history && backlog != null) drain(newest.offset());
        return true;
    }

    /**
     * Whether Redis has given this offset before. On one connection they rise. What comes first on a connection may be
     * known from a page already, but not from an earlier connection.
     */
    private boolean isRepeated(Position position) {
        if (heard != null && heard.epoch() == position.epoch() && position.offset() <= heard.offset()) return true;
        return last != null
                && last.epoch() == position.epoch()
                && position.offset() <= last.offset()
                && position.offset() > told;
    }

    /** Whether it is of an epoch before the present one, and not one of those that Redis still has. */
    private boolean isOfAnEndedEpoch(Position position) {
        for (Position fork : forks) {
            if (fork.epoch() == position.epoch()) return position.offset() > fork.offset();
        }
        return false;
    }

    /** What a position's offset is in the present epoch. */
    private long offset(Position position) {
        if (last != null && position.epoch() == last.epoch()) return position.offset();
        for (Position fork : forks) {
            if (fork.epoch() == position.epoch() && position.offset() <= fork.offset()) return position.offset();
        }
        return UNKNOWN;
    }

    private static boolean isBehind(Lineage lineage, @Nullable Position asked) {
        return asked != null
                && lineage.newest().epoch() == asked.epoch()
                && lineage.newest().offset() < asked.offset();
    }

    private boolean isOutdated(@Nullable Position known, Lineage lineage) {
        if (last == null || last.epoch() == lineage.newest().epoch()) return false;
        if (known != null && known.epoch() == last.epoch()) return false;
        return lineage.forks().stream().noneMatch(fork -> fork.epoch() == last.epoch());
    }

    /** Goes over to a new epoch, if it is one. Whoever has seen no more than both share only hears its name. */
    private void adopt(Lineage lineage) {
        Position before = last;
        if (before == null) return;
        long epoch = lineage.newest().epoch();
        if (epoch != before.epoch()) {
            boolean continued = !broken && trusted >= before.offset() && lineage.holds(before);
            long shared = shared(before, lineage);
            last = new Position(epoch, continued ? before.offset() : Math.min(shared, before.offset()));
            goal = continued ? Math.min(goal, shared) : last.offset();
            if (!continued) told = last.offset();
            broken = !continued;
            if (continued) tell(last.offset(), Gap.Reason.REASON_EPOCH_CONTINUED);
        }
        forks = lineage.forks();
    }

    /** The last offset before the break. Where nothing is known of that, all that the new epoch has is new. */
    private long shared(Position before, Lineage lineage) {
        return Math.min(trusted, lineage.shared(before.epoch()));
    }

    private void keep(ChannelMessage message, long offset) {
        catchUp(offset);
        if (backlog != null) backlog.add(message);
    }

    private void catchUp(long to) {
        if (last == null) return;
        goal = Math.max(backlog == null ? last.offset() : goal, to);
        if (backlog == null) backlog = new Backlog(room);
    }

    private void caughtUp() {
        if (backlog != null) backlog.clear();
        backlog = null;
        suspect = null;
    }

    private void stored(StoredPublication publication) {
        long offset = publication.position().offset();
        if (last == null || offset <= last.offset()) return;
        deliver(offset, publication.body());
        told = offset;
        output.filled();
    }

    /**
     * Delivers what has waited, as far as nothing is missing before it.
     *
     * @param certain what is up to this offset and was not in the history is not there
     */
    private void drain(long certain) {
        while (backlog != null && last != null && backlog.peek() != null) {
            ChannelMessage next = backlog.peek();
            long offset = offset(next.position());
            if (offset == UNKNOWN && next != suspect && !isOfAnEndedEpoch(next.position())) {
                suspect = next;
                return;
            }
            if (offset > last.offset() + 1 && offset - 1 > certain) {
                missUpTo(Math.min(certain, goal));
                return;
            }
            backlog.poll();
            // What even a fresh lineage does not know came from somewhere else.
            if (offset > last.offset()) deliver(offset, next.body());
        }
        missUpTo(Math.min(certain, goal));
        if (last != null && last.offset() >= goal) {
            if (broken) miss(last.offset());
            caughtUp();
        }
    }

    private void missUpTo(long to) {
        if (last != null && last.offset() < to) miss(to);
    }

    private void deliver(long offset, byte[] body) {
        if (last == null) return;
        if (broken || offset > last.offset() + 1) miss(offset - 1);
        last = new Position(last.epoch(), offset);
        output.deliver(last, body);
    }

    private void miss(long to) {
        boolean changed = broken;
        broken = false;
        tell(to, changed ? Gap.Reason.REASON_EPOCH_CHANGED : Gap.Reason.REASON_BACKPLANE_LOST);
        told = Math.max(told, to);
    }

    private void tell(long to, Gap.Reason reason) {
        if (last == null) return;
        Missing missing = new Missing(last.epoch(), last.offset() + 1, to, reason);
        last = new Position(last.epoch(), to);
        output.missing(missing);
    }

    /** Hears what was decided, at once. */
    interface Output {
        void deliver(Position position, byte[] body);

        void missing(Missing missing);

        /** The last delivered one came from the history. */
        void filled();
    }

    /** A gap to tell; as in {@link io.fanwire.node.backplane.TopicListener#onGap}. */
    record Missing(long epoch, long from, long to, Gap.Reason reason) {}
}
