package io.fanwire.client;

import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import java.time.Duration;

/** Something that was asked of the client or of a node did not happen, or may not have happened. */
public class FanwireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final boolean retryable;
    private final Duration retryAfter;

    public FanwireException(ErrorCode code, String message, boolean retryable) {
        this(code, message, retryable, Duration.ZERO);
    }

    FanwireException(ErrorCode code, String message, boolean retryable, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
        this.code = code;
        this.retryable = retryable;
    }

    static FanwireException of(Error error) {
        Duration retryAfter = RetryAfter.millis(error.getRetryAfterMs());
        return new FanwireException(error.getCode(), error.getMessage(), error.getRetryable(), retryAfter);
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

    /**
     * With a retryable error, such as {@link ErrorCode#ERROR_CODE_RATE_LIMITED}: the same fails again before this time is
     * over. At most a minute; zero if the node did not say. What the client repeats by itself waits for it.
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
