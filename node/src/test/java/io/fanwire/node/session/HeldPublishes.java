package io.fanwire.node.session;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Another backplane, whose publishes wait if it is told to hold them. */
final class HeldPublishes implements Backplane {
    private final Backplane origin;
    private volatile CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);

    HeldPublishes(Backplane origin) {
        this.origin = origin;
    }

    /** Publishes wait until {@link #letGo}. */
    void hold() {
        gate = new CompletableFuture<>();
    }

    void letGo() {
        gate.complete(true);
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return gate.thenCompose(open -> origin.publish(topic, publication));
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        return origin.subscribe(topic, listener);
    }

    @Override
    public void unsubscribe(Topic topic) {
        origin.unsubscribe(topic);
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return origin.read(topic, query);
    }

    @Override
    public BackplaneState state() {
        return origin.state();
    }

    @Override
    public void close() {
        origin.close();
    }
}
