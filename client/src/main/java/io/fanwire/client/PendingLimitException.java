package io.fanwire.client;

import io.fanwire.protocol.v1.ErrorCode;

/** More publishes wait for their acknowledgement than {@link ClientOptions#maxPendingPublishes()}: slow down. */
public final class PendingLimitException extends FanwireException {
    private static final long serialVersionUID = 1L;

    PendingLimitException(int limit) {
        super(
                ErrorCode.ERROR_CODE_LIMIT_REACHED,
                limit + " publishes are already pending: wait for some, or raise maxPendingPublishes",
                true);
    }
}
