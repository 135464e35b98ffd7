package io.fanwire.bench.load;

import java.nio.ByteBuffer;
import java.util.Random;

/** What is published: the time at which it was to be sent, and noise up to the wanted size. */
final class Payload {
    private final byte[] bytes;

    /** @param size in bytes, at least 8 */
    Payload(int size) {
        bytes = new byte[Math.max(Long.BYTES, size)];
        new Random(size).nextBytes(bytes);
    }

    /** The payload for that {@link System#nanoTime}; valid until the next call. */
    byte[] at(long nanos) {
        ByteBuffer.wrap(bytes).putLong(0, nanos);
        return bytes;
    }
}
