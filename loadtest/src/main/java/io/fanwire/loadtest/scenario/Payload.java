package io.fanwire.loadtest.scenario;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * What is published: when it was due (nanoseconds since 1970), which process' it is, and bytes that no compression makes
 * smaller. Owned by one thread.
 */
final class Payload {
    static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

    private static final int SHARE = Long.BYTES;

    private final PayloadSizes sizes;
    private final Random random;
    private final byte[] filler;

    Payload(PayloadSizes sizes, int share, long seed) {
        this.sizes = sizes;
        this.random = new Random(seed);
        filler = new byte[sizes.max()];
        random.nextBytes(filler);
        ByteBuffer.wrap(filler).putInt(SHARE, share);
    }

    /** The same array may come again. */
    byte[] next(long dueWallNanos) {
        ByteBuffer.wrap(filler).putLong(0, dueWallNanos);
        int size = sizes.next(random);
        return size == filler.length ? filler : Arrays.copyOf(filler, size);
    }

    int maxBytes() {
        return filler.length;
    }

    static int share(ByteBuffer bytes, int from) {
        return bytes.getInt(from + SHARE);
    }
}
