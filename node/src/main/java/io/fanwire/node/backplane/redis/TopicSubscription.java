package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topic's subscription: its listener and where it stands. Owned by the subscriber loop. */
final class TopicSubscription implements TopicSequence.Output {
    // In place of each topic's own, once that is done: a node holds a hundred thousand of them.
    private static final CompletableFuture<Position> OPENED = CompletableFuture.completedFuture(new Position(0, 0));

    private static final Logger log = LoggerFactory.getLogger(TopicSubscription.class);
    private static final int PAGE_COUNT = 500;
    private static final int PAGE_BYTES = 256 << 10;

    final Topic topic;
    final String channel;

    /** Where the topic stands, when Redis has confirmed it; afterwards only done. */
    CompletableFuture<Position> opened = new CompletableFuture<>();

    /** Waits for its turn to be compared with Redis. */
    boolean waits;

    /** Waits for its turn to get a page, or for the page. */
    boolean fills;

    /** Redis has confirmed it on the present connection; what comes before that belongs to a predecessor. */
    boolean confirmed;

    /** A page that was asked for on an earlier connection is of no use: what came over that one is forgotten. */
    int connections;

    private final boolean history;
    private final TopicListener listener;
    private final RedisMetrics metrics;
    private final TopicSequence sequence;
    private boolean active;

    /** @param history whether holes are to be filled from it */
    TopicSubscription(
            Topic topic,
            String channel,
            boolean history,
            TopicListener listener,
            Backlog.Room room,
            RedisMetrics metrics) {
        this.topic = topic;
        this.channel = channel;
        this.history = history;
        this.listener = listener;
        this.metrics = metrics;
        sequence = new TopicSequence(history, room, this);
    }

    /** Delivers what came over the channel, now or when what is missing before it is there. */
    void arrived(ChannelMessage message) {
        active = true;
        boolean before = sequence.isStale();
        sequence.arrived(message);
        if (!before && sequence.isStale()) metrics.stale();
    }

    /** The newest position as far as was heard; null before the start. */
    @Nullable
    Position newest() {
        return sequence.newest();
    }

    /** @param asked {@link #newest} when the page was asked for */
    void page(HistoryPage page, @Nullable Position asked) {
        sequence.page(page, asked);
    }

    /** The connection is gone, or the subscription has ended. */
    void disconnected() {
        confirmed = false;
        waits = false;
        connections++;
        sequence.disconnected();
    }

    /** Whether something came since this was last asked. */
    boolean wasActive() {
        boolean was = active;
        active = false;
        return was;
    }

    boolean wantsComparison() {
        return sequence.wantsComparison();
    }

    /** Null if no page is wanted. */
    @Nullable
    HistoryQuery wantedPage() {
        long from = sequence.wantedPage();
        if (from == 0) return null;
        return new HistoryQuery(new HistoryQuery.Start.Offset(from), history ? PAGE_COUNT : 0, PAGE_BYTES);
    }

    /** What to ask Redis with: it starts a new epoch if it knows less than this. */
    TopicReader.Known known() {
        return new TopicReader.Known(topic, sequence.newest(), sequence.trusted());
    }

    /**
     * Compares with Redis, once everything that was published before the answer has arrived.
     *
     * @return false if the topic moved to another epoch in between, so that the answer may be outdated: ask again
     */
    boolean settle(TopicReader.Known known, Lineage lineage) {
        if (!sequence.settle(known.newest(), lineage)) return false;
        if (!opened.isDone() && sequence.last() != null) open(sequence.last());
        return true;
    }

    private void open(Position position) {
        CompletableFuture<Position> asked = opened;
        opened = OPENED;
        asked.complete(position);
    }

    @Override
    public void deliver(Position position, byte[] body) {
        try {
            listener.onPublication(position, body);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void missing(TopicSequence.Missing missing) {
        metrics.gap(missing);
        try {
            listener.onGap(missing.epoch(), missing.from(), missing.to(), missing.reason());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void filled() {
        metrics.filled();
    }

    /** One topic's listener must not cost the others their messages. */
    private void failed(RuntimeException e) {
        metrics.listenerFailed();
        log.error("The listener of {} failed", topic, e);
    }
}
