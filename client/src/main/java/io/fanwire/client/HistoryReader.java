package io.fanwire.client;

import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends each history query until it is answered, refused for good or too late; few at a time, so that pages of history
 * don't stand before live messages. All state is owned by the loop, and every method is to be called on it.
 */
final class HistoryReader implements Follower {
    /** A node stops reading from a session that has more under way. */
    private static final int MAX_ON_THE_WAY = 4;

    private static final int MAX_PENDING = 1_000;

    private final Loop loop;
    private final Duration timeout;
    /** All that are not done. */
    private final Set<PendingHistory> pending = new LinkedHashSet<>();
    /** Those to be sent, in this order. */
    private final Deque<PendingHistory> waiting = new ArrayDeque<>();

    private final Set<PendingHistory> onTheWay = new LinkedHashSet<>();
    private @Nullable Connection connection;
    private @Nullable ClientClosedException closed;

    HistoryReader(Loop loop, Duration timeout) {
        this.loop = loop;
        this.timeout = timeout;
    }

    void add(PendingHistory query) {
        if (closed != null) {
            query.fail(closed);
        } else if (pending.size() >= MAX_PENDING) {
            query.fail(tooMany());
        } else {
            pending.add(query);
            query.expiry = loop.after(timeout, () -> expire(query));
            waiting.add(query);
            sendNext();
        }
    }

    @Override
    public void connected(Connection opened) {
        connection = opened;
        sendNext();
    }

    @Override
    public void disconnected() {
        connection = null;
        onTheWay.forEach(waiting::addFirst);
        onTheWay.clear();
    }

    @Override
    public void closed(ClientClosedException why) {
        closed = why;
        connection = null;
        List<PendingHistory> failed = List.copyOf(pending);
        pending.clear();
        waiting.clear();
        onTheWay.clear();
        failed.forEach(query -> query.fail(why));
    }

    private void sendNext() {
        while (connection != null && onTheWay.size() < MAX_ON_THE_WAY && !waiting.isEmpty()) {
            PendingHistory next = waiting.remove();
            Command.Builder command = Command.newBuilder().setHistory(next.query);
            onTheWay.add(next);
            next.sentAs = connection.request(command, reply -> replied(next, reply));
        }
    }

    private void replied(PendingHistory query, Reply reply) {
        onTheWay.remove(query);
        switch (reply.getResultCase()) {
            case HISTORY -> succeed(query, HistoryPage.of(query.query.getTopic(), reply.getHistory()));
            case ERROR -> failed(query, FanwireException.of(reply.getError()));
            default -> fail(query, unexpected(reply));
        }
        sendNext();
    }

    private void succeed(PendingHistory query, HistoryPage page) {
        pending.remove(query);
        query.succeed(page);
    }

    private void failed(PendingHistory query, FanwireException error) {
        if (!error.retryable()) {
            fail(query, error);
            return;
        }
        query.lastError = error;
        var unused = loop.after(query.backoff.next(error), () -> sendAgain(query));
    }

    private void sendAgain(PendingHistory query) {
        if (!pending.contains(query)) return; // too late, or the client is closed
        waiting.add(query);
        sendNext();
    }

    private void fail(PendingHistory query, FanwireException error) {
        pending.remove(query);
        query.fail(error);
    }

    private void expire(PendingHistory query) {
        if (!pending.contains(query)) return;
        waiting.remove(query);
        // Its reply, if it is still to come, is nobody's any more.
        if (onTheWay.remove(query) && connection != null) connection.forget(query.sentAs);
        fail(query, late(query));
        sendNext();
    }

    private FanwireException late(PendingHistory query) {
        FanwireException last = query.lastError;
        String why = last == null ? "no node answered" : "last error: " + last.getMessage();
        String message = "history of " + query.query.getTopic() + " not read within " + timeout.toMillis() + " ms; ";
        ErrorCode code = last == null ? ErrorCode.ERROR_CODE_UNSPECIFIED : last.code();
        return new FanwireException(code, message + why, true);
    }

    private static FanwireException tooMany() {
        return new FanwireException(
                ErrorCode.ERROR_CODE_LIMIT_REACHED, MAX_PENDING + " history queries are already pending", true);
    }

    private static FanwireException unexpected(Reply reply) {
        return new FanwireException(
                ErrorCode.ERROR_CODE_UNSPECIFIED,
                "a node answered a history query with " + reply.getResultCase(),
                false);
    }
}
