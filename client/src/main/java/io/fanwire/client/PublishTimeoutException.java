package io.fanwire.client;

import io.fanwire.protocol.v1.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A publish was not acknowledged within {@link ClientOptions#publishTimeout()}. It may have happened all the same. If
 * a node refused it before, then {@link #code()} and {@link #getCause()} are those of the last refusal.
 */
public final class PublishTimeoutException extends FanwireException {
    private static final long serialVersionUID = 1L;

    PublishTimeoutException(String topic, Duration timeout, @Nullable FanwireException last) {
        super(codeOf(last), message(topic, timeout, last), true);
        if (last != null) initCause(last);
    }

    private static ErrorCode codeOf(@Nullable FanwireException last) {
        return last == null ? ErrorCode.ERROR_CODE_UNSPECIFIED : last.code();
    }

    private static String message(String topic, Duration timeout, @Nullable FanwireException last) {
        String why = last == null ? "no node answered" : "last error: " + last.getMessage();
        return "publish to " + topic + " not acknowledged within " + timeout.toMillis() + " ms; " + why;
    }
}
