package io.fanwire.node.session;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.History;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Answers one session's history commands. All state is owned by the lane. */
final class Histories {
    // With the largest publication on top, and all that stands around them, it fits into a frame.
    private static final int MAX_BYTES = 96 << 10;
    private static final int MAX_COUNT = 1_000;

    private static final int MAX_IN_FLIGHT = 4;
    private static final int MAX_PENDING_BYTES = 256 << 10;

    private final SessionContext context;
    private final Executor lane;
    private final Outbox outbox;
    private final Runnable onSettled;
    private int inFlight;

    /** @param onSettled called on the lane when a command has its answer */
    Histories(SessionContext context, Executor lane, Outbox outbox, Runnable onSettled) {
        this.context = context;
        this.lane = lane;
        this.outbox = outbox;
        this.onSettled = onSettled;
    }

    void read(long id, History history) {
        try {
            checkNotTooMuch();
            Topic topic = new Topic(history.getTopic());
            NoHistoryException.check(topic, context.namespaces().of(topic));
            int limit = limit(history.getLimit());
            if (history.getSince().hasPosition()) {
                readBehind(id, topic, Points.position(history.getSince().getPosition()), limit);
            } else {
                answer(id, null, ask(topic, start(history), limit));
            }
        } catch (RuntimeException e) {
            outbox.add(Failures.reply(id, e));
        }
    }

    private void readBehind(long id, Topic topic, Position position, int limit) {
        CompletionStage<HistoryPage> page = ask(topic, new HistoryQuery.Start.Offset(position.offset() + 1), limit);
        answer(
                id,
                position,
                page.thenCompose(found -> found.lineage().holds(position)
                        ? CompletableFuture.completedStage(found)
                        : ask(topic, new HistoryQuery.Start.Beginning(), limit)));
    }

    private CompletionStage<HistoryPage> ask(Topic topic, HistoryQuery.Start start, int limit) {
        return context.backplane().read(topic, new HistoryQuery(start, limit, MAX_BYTES));
    }

    /** The reply is put together where the page comes from: the lane has better things to do. */
    private void answer(long id, @Nullable Position asked, CompletionStage<HistoryPage> page) {
        inFlight++;
        page.thenApply(found -> Replies.history(
                        id, found, asked != null && !found.lineage().holds(asked)))
                .whenComplete((reply, failure) -> lane.execute(() -> settled(id, reply, failure)));
    }

    private void settled(long id, @Nullable Event reply, @Nullable Throwable failure) {
        inFlight--;
        if (reply != null) outbox.add(reply);
        else if (failure != null) outbox.add(Failures.reply(id, failure));
        onSettled.run();
    }

    /** One frame may hold a thousand of these commands, and each of their answers is large. */
    private void checkNotTooMuch() {
        if (inFlight >= MAX_IN_FLIGHT || outbox.pendingBytes() > MAX_PENDING_BYTES) {
            throw new BackplaneException(
                    BackplaneException.Kind.OVERLOADED,
                    "a session has at most " + MAX_IN_FLIGHT + " history commands under way");
        }
    }

    private static HistoryQuery.Start start(History history) {
        return history.hasSince() ? Points.start(history.getSince()) : new HistoryQuery.Start.Beginning();
    }

    private static int limit(int asked) {
        if (asked < 0) return MAX_COUNT;
        return asked == 0 ? Limits.DEFAULT_HISTORY_LIMIT : Math.min(asked, MAX_COUNT);
    }
}
