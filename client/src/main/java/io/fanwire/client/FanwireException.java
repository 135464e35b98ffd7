package io.fanwire.client;

import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;

/** Something that was asked of the client or of a node did not happen, or may not have happened. */
public class FanwireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final boolean retryable;

    public FanwireException(ErrorCode code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    static FanwireException of(Error error) {
        return new FanwireException(error.getCode(), error.getMessage(), error.getRetryable());
    }

    /**
     * What went wrong, in the protocol's words. {@link ErrorCode#ERROR_CODE_UNSPECIFIED} where no node said so, and
     * {@link ErrorCode#UNRECOGNIZED} for a code that is newer than this client.
     */
    public ErrorCode code() {
        return code;
    }

    /** Whether the same may succeed later. If false, it never will. */
    public boolean retryable() {
        return retryable;
    }
}
