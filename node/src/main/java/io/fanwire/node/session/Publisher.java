package io.fanwire.node.session;

import com.google.protobuf.ByteString;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.namespace.UnknownNamespaceException;
import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Publish;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes one session's publish commands to the backplane. All state is owned by the lane. */
final class Publisher {
    private final SessionContext context;
    private final Executor lane;
    private final Outbox outbox;
    private final Runnable onSettled;
    private int inFlight;
    private long bytesInFlight;

    /** @param onSettled called on the lane when a publish has its answer */
    Publisher(SessionContext context, Executor lane, Outbox outbox, Runnable onSettled) {
        this.context = context;
        this.lane = lane;
        this.outbox = outbox;
        this.onSettled = onSettled;
    }

    /** Publishes that wait for the backplane's answer. */
    int inFlight() {
        return inFlight;
    }

    /** Bytes of their bodies. */
    long bytesInFlight() {
        return bytesInFlight;
    }

    void publish(long id, Publish publish) {
        try {
            Topic topic = new Topic(publish.getTopic());
            if (check(id, publish, context.namespaces().of(topic).maxPayloadBytes())) send(id, topic, publish);
        } catch (InvalidTopicException | UnknownNamespaceException e) {
            context.stats().publishFailed();
            outbox.add(Failures.reply(id, e));
        }
    }

    private boolean check(long id, Publish publish, int maxOfNamespace) {
        int max = Math.min(context.config().limits().payloadBytes(), maxOfNamespace);
        int size = payload(publish).size();
        if (publish.getPayloadCase() == Publish.PayloadCase.PAYLOAD_NOT_SET) {
            return refuse(id, ErrorCode.ERROR_CODE_BAD_COMMAND, "a publish needs a payload, binary or text");
        }
        if (size > max) {
            return refuse(
                    id,
                    ErrorCode.ERROR_CODE_PAYLOAD_TOO_LARGE,
                    "a payload has at most " + max + " bytes, this one has " + size);
        }
        if (publish.getIdempotencyKeyBytes().size() > Limits.MAX_IDEMPOTENCY_KEY_BYTES) {
            return refuse(
                    id,
                    ErrorCode.ERROR_CODE_BAD_COMMAND,
                    "an idempotency key has at most " + Limits.MAX_IDEMPOTENCY_KEY_BYTES + " bytes");
        }
        return true;
    }

    private boolean refuse(long id, ErrorCode code, String message) {
        context.stats().publishFailed();
        outbox.add(Replies.error(id, code, message));
        return false;
    }

    private void send(long id, Topic topic, Publish publish) {
        byte[] body = encode(publish);
        inFlight++;
        bytesInFlight += body.length;
        context.backplane()
                .publish(topic, new OutgoingPublication(body, publish.getIdempotencyKey()))
                .whenComplete((position, failure) -> lane.execute(() -> settled(id, body.length, position, failure)));
    }

    private void settled(long id, int size, @Nullable Position position, @Nullable Throwable failure) {
        inFlight--;
        bytesInFlight -= size;
        if (failure != null) {
            context.stats().publishFailed();
            outbox.add(Failures.reply(id, failure));
        } else if (position != null) {
            context.stats().published();
            // Without an id nobody asked; only a failure is told.
            if (id != 0) outbox.add(Replies.published(id, position));
        }
        onSettled.run();
    }

    private byte[] encode(Publish publish) {
        Publication.Builder publication = Publication.newBuilder().setPublishedAtUs(nowMicros());
        if (publish.hasText()) publication.setTextBytes(publish.getTextBytes());
        else publication.setBinary(publish.getBinary());
        return publication.build().toByteArray();
    }

    private long nowMicros() {
        Instant now = context.clock().instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }

    private static ByteString payload(Publish publish) {
        return publish.hasText() ? publish.getTextBytes() : publish.getBinary();
    }
}
