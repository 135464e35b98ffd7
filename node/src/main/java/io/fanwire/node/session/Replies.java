package io.fanwire.node.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.node.topic.Started;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Disconnect;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.HistoryResult;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Published;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribed;
import io.fanwire.protocol.v1.Unsubscribed;
import java.time.Duration;

/** The events that answer commands, and those that a session has to say by itself. */
final class Replies {
    static final Event HEARTBEAT =
            Event.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private Replies() {}

    static Event disconnect(CloseReason reason, Duration comeBackAfter) {
        return Event.newBuilder()
                .setDisconnect(Disconnect.newBuilder()
                        .setCode(reason.code())
                        .setReason(reason.text())
                        .setRetryAfterMs((int) comeBackAfter.toMillis()))
                .build();
    }

    static Event connected(
            long id, String sessionId, String nodeId, HeartbeatConfig.Agreement agreed, SessionLimits limits) {
        return event(Reply.newBuilder()
                .setId(id)
                .setConnected(Connected.newBuilder()
                        .setSessionId(sessionId)
                        .setNodeId(nodeId)
                        .setHeartbeatIntervalMs((int) agreed.interval().toMillis())
                        .setHeartbeatTimeoutMs((int) agreed.timeout().toMillis())
                        .setMaxFrameBytes(limits.frameBytes())
                        .setMaxPayloadBytes(limits.payloadBytes())
                        .setMaxCommandsPerFrame(limits.commandsPerFrame())));
    }

    static Event subscribed(long id, int topicId, Started started) {
        return event(Reply.newBuilder()
                .setId(id)
                .setSubscribed(Subscribed.newBuilder()
                        .setTopicId(topicId)
                        .setPosition(encode(started.position()))
                        .setPositionLost(started.positionLost())
                        .setResumed(started.resumed())));
    }

    static Event history(long id, HistoryPage page, boolean positionLost) {
        HistoryResult.Builder result = HistoryResult.newBuilder()
                .setNewest(encode(page.lineage().newest()))
                .setHasMore(page.hasMore())
                .setPositionLost(positionLost);
        page.publications().forEach(each -> result.addPublications(publication(each)));
        return event(Reply.newBuilder().setId(id).setHistory(result));
    }

    private static Publication publication(StoredPublication stored) {
        try {
            return Publication.parseFrom(stored.body()).toBuilder()
                    .setOffset(stored.position().offset())
                    .build();
        } catch (InvalidProtocolBufferException e) {
            // Bytes that no node has written; that the offset is there without a payload says so.
            return Publication.newBuilder()
                    .setOffset(stored.position().offset())
                    .build();
        }
    }

    static Event unsubscribed(long id) {
        return event(Reply.newBuilder().setId(id).setUnsubscribed(Unsubscribed.getDefaultInstance()));
    }

    static Event published(long id, Position position) {
        return event(
                Reply.newBuilder().setId(id).setPublished(Published.newBuilder().setPosition(encode(position))));
    }

    static Event error(long id, ErrorCode code, String message) {
        return error(id, code, message, 0);
    }

    /** @param retryAfterMillis 0: the node does not know */
    static Event error(long id, ErrorCode code, String message, int retryAfterMillis) {
        return event(Reply.newBuilder()
                .setId(id)
                .setError(Error.newBuilder()
                        .setCode(code)
                        .setMessage(message)
                        .setRetryable(mayRetry(code))
                        .setRetryAfterMs(retryAfterMillis)));
    }

    private static boolean mayRetry(ErrorCode code) {
        return switch (code) {
            case ERROR_CODE_BACKPLANE_UNAVAILABLE,
                    ERROR_CODE_OVERLOADED,
                    ERROR_CODE_INTERNAL,
                    ERROR_CODE_NOT_REPLICATED,
                    ERROR_CODE_RATE_LIMITED -> true;
            default -> false;
        };
    }

    private static io.fanwire.protocol.v1.Position encode(Position position) {
        return io.fanwire.protocol.v1.Position.newBuilder()
                .setEpoch(position.epoch())
                .setOffset(position.offset())
                .build();
    }

    private static Event event(Reply.Builder reply) {
        return Event.newBuilder().setReply(reply).build();
    }
}
