package io.fanwire.client;

import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.HistoryResult;
import io.fanwire.protocol.v1.Position;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Published;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribed;
import io.fanwire.protocol.v1.Unsubscribed;

/** What a node says, for scripts. */
final class Wire {
    static final Event HEARTBEAT =
            Event.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private Wire() {}

    static Reply.Builder subscribed(int topicId, long epoch, long offset) {
        return Reply.newBuilder()
                .setSubscribed(Subscribed.newBuilder().setTopicId(topicId).setPosition(position(epoch, offset)));
    }

    /** Goes on right behind the position asked for. */
    static Reply.Builder resumed(int topicId, long epoch, long offset) {
        Reply.Builder reply = subscribed(topicId, epoch, offset);
        reply.getSubscribedBuilder().setResumed(true);
        return reply;
    }

    /** The position asked for is not there any more. */
    static Reply.Builder positionLost(int topicId, long epoch, long offset) {
        Reply.Builder reply = subscribed(topicId, epoch, offset);
        reply.getSubscribedBuilder().setPositionLost(true);
        return reply;
    }

    static Reply.Builder history(long epoch, long newest, boolean hasMore, long... offsets) {
        HistoryResult.Builder result =
                HistoryResult.newBuilder().setNewest(position(epoch, newest)).setHasMore(hasMore);
        for (long offset : offsets) {
            result.addPublications(publication(0, offset, "m" + offset).getPublication());
        }
        return Reply.newBuilder().setHistory(result);
    }

    static Reply.Builder unsubscribed() {
        return Reply.newBuilder().setUnsubscribed(Unsubscribed.getDefaultInstance());
    }

    static Reply.Builder published(long epoch, long offset) {
        return Reply.newBuilder().setPublished(Published.newBuilder().setPosition(position(epoch, offset)));
    }

    static Reply.Builder error(ErrorCode code, String message, boolean retryable) {
        return Reply.newBuilder()
                .setError(Error.newBuilder().setCode(code).setMessage(message).setRetryable(retryable));
    }

    static Reply.Builder rateLimited(int retryAfterMillis) {
        Reply.Builder reply = error(ErrorCode.ERROR_CODE_RATE_LIMITED, "too many", true);
        reply.getErrorBuilder().setRetryAfterMs(retryAfterMillis);
        return reply;
    }

    static Event publication(int topicId, long offset, String text) {
        return Event.newBuilder()
                .setPublication(Publication.newBuilder()
                        .setTopicId(topicId)
                        .setOffset(offset)
                        .setPublishedAtUs(1_700_000_000_000_000L + offset)
                        .setText(text))
                .build();
    }

    static Event gap(int topicId, long epoch, long from, long to, Gap.Reason reason) {
        return Event.newBuilder()
                .setGap(Gap.newBuilder()
                        .setTopicId(topicId)
                        .setEpoch(epoch)
                        .setFromOffset(from)
                        .setToOffset(to)
                        .setReason(reason))
                .build();
    }

    static Position position(long epoch, long offset) {
        return Position.newBuilder().setEpoch(epoch).setOffset(offset).build();
    }
}
