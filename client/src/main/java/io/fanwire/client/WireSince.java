package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Since;
import java.time.Instant;

/** Points in a topic's past, for the wire. */
final class WireSince {
    // Far beyond any history, and still an Instant for whoever reads it.
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private WireSince() {}

    static Since beginning() {
        return Since.newBuilder().setBeginning(true).build();
    }

    static Since position(Position position) {
        return Since.newBuilder().setPosition(Positions.wire(position)).build();
    }

    /** Times that no history reaches are moved to the nearest that the wire can carry. */
    static Since time(Instant time) {
        Instant early = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
        Instant fits = early.isAfter(LATEST) ? LATEST : early;
        // Not ChronoUnit.MICROS.between: it counts nanoseconds on the way, and those end in 2262.
        long micros = fits.getEpochSecond() * 1_000_000 + fits.getNano() / 1_000;
        return Since.newBuilder().setTimeUs(micros).build();
    }

    /** @throws IllegalArgumentException if {@code count} is less than 1 */
    static Since last(int count) {
        if (count < 1) throw new IllegalArgumentException("the last " + count + " messages: must be at least 1");
        return Since.newBuilder().setLast(count).build();
    }
}
