package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topic's subscription: its listener and where it stands. Owned by the subscriber loop. */
final class TopicSubscription {
    // In place of each topic's own, once that is done: a node holds a hundred thousand of them.
    private static final CompletableFuture<Position> OPENED = CompletableFuture.completedFuture(new Position(0, 0));

    private static final Logger log = LoggerFactory.getLogger(TopicSubscription.class);

    final Topic topic;
    final String channel;

    /** Where the topic stands, when Redis has confirmed it; afterwards only done. */
    CompletableFuture<Position> opened = new CompletableFuture<>();

    /** Waits for its turn to be compared with Redis. */
    boolean waits;

    /** Redis has confirmed it on the present connection; what comes before that belongs to a predecessor. */
    boolean confirmed;

    private final TopicListener listener;
    private final RedisMetrics metrics;
    private final TopicSequence sequence = new TopicSequence();
    private boolean stale;

    TopicSubscription(Topic topic, String channel, TopicListener listener, RedisMetrics metrics) {
        this.topic = topic;
        this.channel = channel;
        this.listener = listener;
        this.metrics = metrics;
    }

    /** Delivers what came over the channel. */
    void arrived(ChannelMessage message) {
        TopicSequence.Arrival arrival = sequence.arrived(message.position());
        if (arrival.missing() != null) tell(arrival.missing());
        if (arrival.delivered()) deliver(message);
        else stale = true;
    }

    /** Whether an offset came twice: Redis lost the first one's publication, and the topic needs a new epoch. */
    boolean isStale() {
        return stale;
    }

    /** What to ask Redis with: it starts a new epoch if it knows less than this. Null: nothing is known. */
    @Nullable
    Position known() {
        Position last = sequence.last();
        return stale && last != null ? new Position(last.epoch(), Long.MAX_VALUE) : last;
    }

    /**
     * Compares with Redis, once everything that was published before the answer has arrived.
     *
     * @param known what Redis was asked with
     * @param newest what it answered
     * @return false if the topic moved to another epoch in between, so that the answer may be outdated: ask again
     */
    boolean settle(@Nullable Position known, Position newest) {
        Position last = sequence.last();
        if (last != null && last.epoch() != newest.epoch() && (known == null || known.epoch() != last.epoch())) {
            return false;
        }
        stale = false;
        TopicSequence.Missing missing = sequence.caughtUp(newest);
        if (missing != null) tell(missing);
        if (!opened.isDone()) open(missing == null && last != null ? last : newest);
        return true;
    }

    private void open(Position position) {
        CompletableFuture<Position> asked = opened;
        opened = OPENED;
        asked.complete(position);
    }

    private void deliver(ChannelMessage message) {
        try {
            listener.onPublication(message.position(), message.body());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void tell(TopicSequence.Missing missing) {
        metrics.gap(missing);
        try {
            listener.onGap(missing.epoch(), missing.from(), missing.to(), missing.reason());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** One topic's listener must not cost the others their messages. */
    private void failed(RuntimeException e) {
        metrics.listenerFailed();
        log.error("The listener of {} failed", topic, e);
    }
}
