package io.fanwire.node.backplane.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The arguments of scripts: text, as Redis has it. */
final class Argument {
    static final byte[] NONE = {};

    private Argument() {}

    static byte[] number(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    /** Names a topic's new start: now, in microseconds. Below 2^53 until the year 2255, so exact in every language. */
    static byte[] newEpoch() {
        return number(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }
}
