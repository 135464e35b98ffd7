package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends each publish until it is acknowledged, refused for good or too late, in order per topic. All state is owned by
 * the loop, and every method is to be called on it.
 */
final class Publisher implements Follower {
    private final Loop loop;
    private final Duration timeout;
    private final Supplier<Backoff> backoffs;
    /** The topic that has waited longest first. */
    private final Map<String, TopicQueue> queues = new LinkedHashMap<>();
    /** All that are not done, the one with the earliest deadline first. */
    private final Set<PendingPublish> pending = new LinkedHashSet<>();

    private @Nullable Connection connection;
    private @Nullable ClientClosedException closed;
    private @Nullable Future<?> expiry;

    /** @param timeout only for messages; each publish brings its own deadline, and all have the same timeout */
    Publisher(Loop loop, Duration timeout, Supplier<Backoff> backoffs) {
        this.loop = loop;
        this.timeout = timeout;
        this.backoffs = backoffs;
    }

    void add(PendingPublish publish) {
        if (closed != null) {
            publish.fail(closed);
            return;
        }
        pending.add(publish);
        if (expiry == null) expiry = loop.after(untilDeadline(publish), this::expire);
        TopicQueue queue = queues.computeIfAbsent(publish.publish.getTopic(), topic -> new TopicQueue(backoffs.get()));
        queue.publishes.add(publish);
        sendNext(queue);
    }

    @Override
    public void connected(Connection opened) {
        connection = opened;
        List.copyOf(queues.values()).forEach(this::sendNext);
    }

    @Override
    public void disconnected() {
        connection = null;
        queues.values().forEach(queue -> queue.sentAs = 0);
    }

    @Override
    public void closed(ClientClosedException why) {
        closed = why;
        connection = null;
        if (expiry != null) expiry.cancel(false);
        queues.clear();
        List<PendingPublish> failed = List.copyOf(pending);
        pending.clear();
        failed.forEach(publish -> publish.fail(why));
    }

    private void sendNext(TopicQueue queue) {
        while (connection != null && queue.maySend()) {
            PendingPublish first = queue.publishes.element();
            Command.Builder command = Command.newBuilder().setPublish(first.publish);
            queue.sentAs = connection.request(command, reply -> replied(queue, first, reply));
            if (queue.sentAs == 0) refuse(queue, first, tooLarge());
        }
    }

    private void replied(TopicQueue queue, PendingPublish first, Reply reply) {
        queue.sentAs = 0;
        switch (reply.getResultCase()) {
            case PUBLISHED -> acknowledge(queue, first, reply);
            case ERROR -> failed(queue, first, FanwireException.of(reply.getError()));
            default -> refuse(queue, first, unexpected(reply));
        }
        sendNext(queue);
    }

    private void acknowledge(TopicQueue queue, PendingPublish first, Reply reply) {
        Position position = Positions.of(reply.getPublished().getPosition());
        queue.backoff.reset();
        remove(queue, first);
        first.succeed(position);
    }

    private void failed(TopicQueue queue, PendingPublish first, FanwireException error) {
        if (!error.retryable()) {
            refuse(queue, first, error);
            return;
        }
        first.lastError = error;
        queue.resting = true;
        var unused = loop.after(queue.backoff.next(error), () -> {
            queue.resting = false;
            sendNext(queue);
        });
    }

    private void refuse(TopicQueue queue, PendingPublish first, FanwireException error) {
        remove(queue, first);
        first.fail(error);
    }

    private void remove(TopicQueue queue, PendingPublish publish) {
        pending.remove(publish);
        queue.publishes.remove(publish);
        if (queue.publishes.isEmpty()) queues.remove(publish.publish.getTopic(), queue);
    }

    private void expire() {
        expiry = null;
        long now = System.nanoTime();
        List<PendingPublish> late = new ArrayList<>();
        for (PendingPublish publish : pending) {
            if (publish.deadlineNanos - now > 0) {
                expiry = loop.after(untilDeadline(publish), this::expire);
                break;
            }
            late.add(publish);
        }
        late.forEach(this::expire);
    }

    private void expire(PendingPublish late) {
        String topic = late.publish.getTopic();
        TopicQueue queue = queues.get(topic);
        if (queue == null || !pending.contains(late)) return;
        if (queue.publishes.peek() == late) abandon(queue);
        refuse(queue, late, new PublishTimeoutException(topic, timeout, late.lastError));
        sendNext(queue);
    }

    /** The first one's reply, if it is still to come, is nobody's any more. */
    private void abandon(TopicQueue queue) {
        if (connection != null) connection.forget(queue.sentAs);
        queue.sentAs = 0;
    }

    private static Duration untilDeadline(PendingPublish publish) {
        return Duration.ofNanos(Math.max(0, publish.deadlineNanos - System.nanoTime()));
    }

    private static FanwireException tooLarge() {
        return new FanwireException(
                ErrorCode.ERROR_CODE_PAYLOAD_TOO_LARGE, "the payload does not fit into a frame of this node", false);
    }

    private static FanwireException unexpected(Reply reply) {
        return new FanwireException(
                ErrorCode.ERROR_CODE_UNSPECIFIED, "a node answered a publish with " + reply.getResultCase(), false);
    }
}
