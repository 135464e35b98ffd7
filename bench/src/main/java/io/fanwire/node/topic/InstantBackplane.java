package io.fanwire.node.topic;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Agrees at once and carries nothing, so that the engine's own cost is all that is measured. */
final class InstantBackplane implements Backplane {
    static final Position START = new Position(1, 0);

    /** A topic as the registry hosts it. */
    static HostedTopic host(int id, Topic topic, TopicLog log) {
        PageShelf pages = new PageShelf(new InstantBackplane(), NanoClock.SYSTEM);
        return new HostedTopic(id, topic, Namespace.DEFAULT, log, pages, new LongAdder());
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return CompletableFuture.completedFuture(START);
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        return CompletableFuture.completedFuture(START);
    }

    @Override
    public void unsubscribe(Topic topic) {}

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return CompletableFuture.completedFuture(new HistoryPage(Lineage.of(START), 1, List.of(), false));
    }

    @Override
    public BackplaneState state() {
        return BackplaneState.UP;
    }

    @Override
    public void close() {}
}
