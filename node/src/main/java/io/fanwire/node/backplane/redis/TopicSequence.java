package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import org.jspecify.annotations.Nullable;

/**
 * What each message, page and comparison means for one subscription: every position is delivered once or missing once, in
 * order ({@link Progress}). A hole on a topic with history is filled from there before anything later is delivered; what
 * comes meanwhile waits ({@link Hole}). Decides only: pages and comparisons that it wants are got by the caller. Not
 * thread-safe.
 */
final class TopicSequence {
    private final boolean history;
    private final Backlog.Room room;
    private final Output output;

    /** Null before the start. */
    private @Nullable Progress progress;

    /** Not null: something before what is in it has to be got first. */
    private @Nullable Hole hole;

    /** What came last over the channel on the present connection. */
    private @Nullable Position heard;

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
        return progress == null ? null : progress.last();
    }

    /** The newest position that is known to have been given out; null before the start. */
    @Nullable
    Position newest() {
        Position last = last();
        return last == null || hole == null ? last : new Position(last.epoch(), Math.max(last.offset(), hole.end()));
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
        return hole == null || ahead || progress == null ? 0 : progress.last().offset() + 1;
    }

    /** The connection is gone, and what was not delivered yet with it. */
    void disconnected() {
        heard = null;
        ahead = false;
        if (progress != null) progress.disconnected();
        if (hole != null) caughtUp(hole);
    }

    /** A message came over the channel. The first one of all starts the sequence. */
    void arrived(ChannelMessage message) {
        Position position = message.position();
        Progress at = progress == null ? start(before(position)) : progress;
        if (isRepeated(position, at)) {
            trusted = Math.min(trusted, position.offset() - 1);
            return;
        }
        heard = position;
        if (at.isOfAnEndedEpoch(position)) return;
        long offset = at.offset(position);
        if (offset != Progress.UNKNOWN && offset <= at.last().offset()) return;
        boolean next = hole == null && (offset == at.last().offset() + 1 || offset != Progress.UNKNOWN && !history);
        if (next) at.deliver(offset, message.body());
        else holeUpTo(offset, at).add(message);
    }

    /**
     * The page that was wanted. One that was asked for before the last disconnect is not to be brought here.
     *
     * @param asked {@link #newest} when it was asked for; what arrived since, the page need not know
     */
    void page(HistoryPage page, @Nullable Position asked) {
        Progress at = progress;
        Hole filled = hole;
        if (at == null || filled == null) return;
        Lineage lineage = page.lineage();
        // An earlier epoch, or less than was known: of a Redis that is not the one any more, or was asked too early.
        if (lineage.newest().epoch() < at.last().epoch() || isBehind(lineage, asked)) {
            ahead = true;
            return;
        }
        adopt(at, lineage);
        if (page.from() > at.last().offset() + 1) return;
        page.publications().forEach(at::fill);
        close(filled, page.hasMore() ? at.last().offset() : lineage.newest().offset());
    }

    /**
     * Everything up to this position was published and has had its time to arrive.
     *
     * @param known what Redis was asked with: {@link #newest} by then
     * @return false if the topic has moved to another epoch since, so that the answer may be outdated: ask again
     */
    boolean settle(@Nullable Position known, Lineage lineage) {
        Progress at = progress;
        if (at == null) {
            start(lineage);
            return true;
        }
        if (isOutdated(at.last(), known, lineage)) return false;
        adopt(at, lineage);
        ahead = false;
        trusted = Long.MAX_VALUE;
        long newest = lineage.newest().offset();
        if (hole != null) hole.reachTo(newest);
        if (history && newest > at.last().offset()) holeUpTo(newest, at);
        else if (hole == null) at.settle(newest);
        else if (!history) close(hole, newest);
        return true;
    }

    private Progress start(Lineage lineage) {
        Progress started = new Progress(lineage, output);
        progress = started;
        return started;
    }

    private static Lineage before(Position first) {
        return Lineage.of(new Position(first.epoch(), first.offset() - 1));
    }

    /**
     * Whether Redis has given this offset before. On one connection they rise. What comes first on a connection may be
     * known from a page already, but not from an earlier connection.
     */
    private boolean isRepeated(Position position, Progress at) {
        if (heard != null && heard.epoch() == position.epoch() && position.offset() <= heard.offset()) return true;
        return at.wasHeard(position);
    }

    private static boolean isBehind(Lineage lineage, @Nullable Position asked) {
        return asked != null
                && lineage.newest().epoch() == asked.epoch()
                && lineage.newest().offset() < asked.offset();
    }

    private static boolean isOutdated(Position last, @Nullable Position known, Lineage lineage) {
        if (last.epoch() == lineage.newest().epoch()) return false;
        if (known != null && known.epoch() == last.epoch()) return false;
        return lineage.forks().stream().noneMatch(fork -> fork.epoch() == last.epoch());
    }

    /** Goes over to a new epoch, if it is one. */
    private void adopt(Progress at, Lineage lineage) {
        long epoch = at.last().epoch();
        // Where nothing is known of the last offset before a break, all that the new epoch has is new.
        long shared = Math.min(trusted, lineage.shared(epoch));
        boolean continued = at.adopt(lineage, shared);
        if (hole == null || epoch == lineage.newest().epoch()) return;
        hole.endBy(continued ? shared : at.last().offset());
    }

    /** The hole, in which something up to this offset is missing. */
    private Hole holeUpTo(long to, Progress at) {
        Hole found = hole == null ? new Hole(at, room) : hole;
        hole = found;
        found.reachTo(to);
        return found;
    }

    private void close(Hole filled, long certain) {
        if (filled.close(certain)) caughtUp(filled);
    }

    private void caughtUp(Hole closed) {
        closed.clear();
        hole = null;
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
