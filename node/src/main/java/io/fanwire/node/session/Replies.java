package io.fanwire.node.session;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Published;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribed;
import io.fanwire.protocol.v1.Unsubscribed;

/** The events that answer commands. */
final class Replies {
    static final Event HEARTBEAT =
            Event.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private Replies() {}

    static Event connected(long id, Connected.Builder connected) {
        return event(Reply.newBuilder().setId(id).setConnected(connected));
    }

    static Event subscribed(long id, int topicId, Position position) {
        return event(Reply.newBuilder()
                .setId(id)
                .setSubscribed(Subscribed.newBuilder().setTopicId(topicId).setPosition(encode(position))));
    }

    static Event unsubscribed(long id) {
        return event(Reply.newBuilder().setId(id).setUnsubscribed(Unsubscribed.getDefaultInstance()));
    }

    static Event published(long id, Position position) {
        return event(
                Reply.newBuilder().setId(id).setPublished(Published.newBuilder().setPosition(encode(position))));
    }

    static Event error(long id, ErrorCode code, String message) {
        return event(Reply.newBuilder()
                .setId(id)
                .setError(Error.newBuilder().setCode(code).setMessage(message).setRetryable(mayRetry(code))));
    }

    private static boolean mayRetry(ErrorCode code) {
        return switch (code) {
            case ERROR_CODE_BACKPLANE_UNAVAILABLE,
                    ERROR_CODE_OVERLOADED,
                    ERROR_CODE_INTERNAL,
                    ERROR_CODE_NOT_REPLICATED -> true;
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
