package io.fanwire.node.session;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Counts the reads of another backplane, lets some fail, and holds them back if it is told to. */
final class ReadsBackplane implements Backplane {
    private final Backplane origin;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile IntPredicate fails = number -> false;
    private volatile CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);

    ReadsBackplane(Backplane origin) {
        this.origin = origin;
    }

    /** @param fails by the number of the read, from 1 */
    void failReads(IntPredicate fails) {
        this.fails = fails;
    }

    /** Reads wait until {@link #letGo}. */
    void hold() {
        gate = new CompletableFuture<>();
    }

    void letGo() {
        gate.complete(true);
    }

    int reads() {
        return reads.get();
    }

    int running() {
        return running.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        int number = reads.incrementAndGet();
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        CompletionStage<HistoryPage> page =
                gate.thenCompose(open -> fails.test(number) ? unavailable() : origin.read(topic, query));
        // The caller's stage is one that depends on this: it asks for the next when this one no longer counts.
        return page.whenComplete((read, failure) -> running.decrementAndGet());
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return origin.publish(topic, publication);
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
    public BackplaneState state() {
        return origin.state();
    }

    @Override
    public void close() {
        origin.close();
    }

    private static CompletionStage<HistoryPage> unavailable() {
        return CompletableFuture.failedStage(
                new BackplaneException(BackplaneException.Kind.UNAVAILABLE, "not connected"));
    }
}
