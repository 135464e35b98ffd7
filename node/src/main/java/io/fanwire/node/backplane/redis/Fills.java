package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.protocol.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets the pages that subscriptions want, a few at a time and one of each, so that a hundred thousand topics with holes
 * are neither a burst for Redis nor for this node. Owned by the subscriber loop.
 */
final class Fills {
    private static final int AT_ONCE = 8;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final TopicReader reader;
    private final Consumer<TopicSubscription> filled;
    private final Queue<TopicSubscription> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean paused;

    /** @param filled is told of each subscription that got a page */
    Fills(Loop loop, TopicReader reader, Consumer<TopicSubscription> filled) {
        this.loop = loop;
        this.reader = reader;
        this.filled = filled;
    }

    /** Gets a page if one is wanted and none is under way. */
    void enqueue(TopicSubscription subscription) {
        if (subscription.fills || subscription.wantedPage() == null) return;
        subscription.fills = true;
        waiting.add(subscription);
        proceed();
    }

    private void proceed() {
        while (!paused && underWay < AT_ONCE && !waiting.isEmpty()) ask(waiting.remove());
    }

    private void ask(TopicSubscription subscription) {
        HistoryQuery query = subscription.wantedPage();
        if (query == null) {
            subscription.fills = false;
            return;
        }
        underWay++;
        int connection = subscription.connections;
        Position known = subscription.newest();
        read(subscription, query)
                .whenComplete((page, failure) ->
                        loop.execute(() -> answered(subscription, connection, known, page, failure)));
    }

    private CompletionStage<HistoryPage> read(TopicSubscription subscription, HistoryQuery query) {
        try {
            return reader.read(subscription.topic, query);
        } catch (RuntimeException e) {
            // Like any other failure: else its place would never be free again.
            return CompletableFuture.failedStage(e);
        }
    }

    private void answered(
            TopicSubscription subscription,
            int connection,
            @Nullable Position known,
            @Nullable HistoryPage page,
            @Nullable Throwable failure) {
        underWay--;
        subscription.fills = false;
        boolean asked = connection == subscription.connections;
        if (page != null && asked) {
            subscription.page(page, known);
            filled.accept(subscription);
        } else if (failure != null && !isAlone(failure)) {
            pause();
            enqueue(subscription);
        } else if (failure != null) {
            loop.schedule(() -> enqueue(subscription), PAUSE);
        }
        if (page != null) enqueue(subscription);
        proceed();
    }

    /** Whether it is this topic that can't be read. Else Redis is in trouble, and the others must wait a little too. */
    private static boolean isAlone(Throwable failure) {
        return BackplaneException.unwrap(failure) instanceof BackplaneException e && e.kind() == Kind.FAILED;
    }

    private void pause() {
        if (paused) return;
        paused = true;
        loop.schedule(this::resume, PAUSE);
    }

    private void resume() {
        paused = false;
        proceed();
    }
}
