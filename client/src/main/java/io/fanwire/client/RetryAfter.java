package io.fanwire.client;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long a node asks a client to stay away, in the forms in which it says so. */
final class RetryAfter {
    /** Whoever asks for more gets this: a wrong clock or a wrong number must not lock a client out. */
    static final Duration MOST = Duration.ofMinutes(1);

    private RetryAfter() {}

    /** @param millis a uint32 of the protocol */
    static Duration millis(int millis) {
        return bounded(Duration.ofMillis(Integer.toUnsignedLong(millis)));
    }

    /** What a refused handshake says (RFC 9110, 10.2.3: seconds or a date); null if it does not, or nothing legible. */
    static @Nullable Duration of(HttpResponse<?> response, Instant now) {
        String header = response.headers().firstValue("Retry-After").orElse("").strip();
        if (header.isEmpty()) return null;
        return Character.isDigit(header.charAt(0)) ? seconds(header) : until(header, now);
    }

    private static @Nullable Duration seconds(String header) {
        try {
            return bounded(Duration.ofSeconds(Long.parseLong(header)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Duration until(String header, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return bounded(Duration.between(now, then));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wish) {
        if (wish.isNegative()) return Duration.ZERO;
        return wish.compareTo(MOST) > 0 ? MOST : wish;
    }
}
