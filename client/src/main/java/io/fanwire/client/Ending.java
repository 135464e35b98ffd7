package io.fanwire.client;

import io.fanwire.protocol.CloseReason;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, or why it never began.
 *
 * @param retryAfter when to come back, if the node said so
 */
record Ending(
        int closeCode,
        String reason,
        @Nullable Throwable cause,
        @Nullable Duration retryAfter) {
    /** RFC 6455, 7.1.5: there was no close frame. */
    static final int NO_CLOSE_FRAME = 1006;

    static Ending closed(int code, String reason) {
        String known = CloseReason.of(code).map(CloseReason::text).orElse("");
        return new Ending(code, reason.isEmpty() ? known : reason, null, null);
    }

    static Ending broken(String reason) {
        return new Ending(NO_CLOSE_FRAME, reason, null, null);
    }

    static Ending broken(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new Ending(NO_CLOSE_FRAME, describe(cause), cause, retryAfter(cause));
    }

    /** The same, after a goodbye that said when to come back. */
    Ending after(@Nullable Duration goodbye) {
        return goodbye == null ? this : new Ending(closeCode, reason, cause, goodbye);
    }

    boolean mayReconnect() {
        return CloseReason.mayReconnect(closeCode);
    }

    private static @Nullable Duration retryAfter(Throwable cause) {
        if (!(cause instanceof WebSocketHandshakeException refused) || refused.getResponse() == null) return null;
        return RetryAfter.of(refused.getResponse(), Instant.now());
    }

    private static String describe(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return "the handshake was answered with HTTP "
                    + refused.getResponse().statusCode();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
