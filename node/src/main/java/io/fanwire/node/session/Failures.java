package io.fanwire.node.session;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.namespace.UnknownNamespaceException;
import io.fanwire.node.topic.TooManyTopicsException;
import io.fanwire.node.topic.UnsubscribedException;
import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;

/** What a client is told of a failure behind its session. */
final class Failures {
    private Failures() {}

    static Event reply(long id, Throwable failure) {
        Throwable cause = BackplaneException.unwrap(failure);
        if (cause instanceof BackplaneException backplane) {
            return Replies.error(id, code(backplane.kind()), String.valueOf(backplane.getMessage()));
        }
        if (cause instanceof TooManyTopicsException) {
            return Replies.error(id, ErrorCode.ERROR_CODE_OVERLOADED, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof BadCommandException) {
            return Replies.error(id, ErrorCode.ERROR_CODE_BAD_COMMAND, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof NoHistoryException) {
            return Replies.error(id, ErrorCode.ERROR_CODE_NO_HISTORY, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof InvalidTopicException) {
            return Replies.error(id, ErrorCode.ERROR_CODE_BAD_TOPIC, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof UnknownNamespaceException) {
            return Replies.error(id, ErrorCode.ERROR_CODE_UNKNOWN_NAMESPACE, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof UnsubscribedException) {
            return Replies.error(id, ErrorCode.ERROR_CODE_NOT_SUBSCRIBED, String.valueOf(cause.getMessage()));
        }
        return Replies.error(
                id,
                ErrorCode.ERROR_CODE_INTERNAL,
                "the node failed: " + cause.getClass().getSimpleName());
    }

    private static ErrorCode code(BackplaneException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, TIMEOUT -> ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE;
            case NOT_REPLICATED -> ErrorCode.ERROR_CODE_NOT_REPLICATED;
            case OVERLOADED -> ErrorCode.ERROR_CODE_OVERLOADED;
            case FAILED -> ErrorCode.ERROR_CODE_INTERNAL;
        };
    }
}
