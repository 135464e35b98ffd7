package io.fanwire.loadtest.verify;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a publication says. On the wire a checksum stands before it, and a filler behind it.
 *
 * @param topic its number
 * @param publisher its number
 * @param mark the number of the process that has published everything before this; {@link #NO_MARK} of most
 * @param sequence counts the publisher's publications to the topic
 * @param dueNanos when it should have been published, by {@link io.fanwire.loadtest.measure.WallClock}
 */
record Payload(int topic, int publisher, int mark, long sequence, long dueNanos) {
    static final int NO_MARK = -1;
    static final int HEADER_BYTES = 32;

    private static final int CHECKSUM_BYTES = 4;
    private static final int SEQUENCE_BITS = 44;

    /** No other publication to the topic has it. */
    long id() {
        return ((long) publisher << SEQUENCE_BITS) + sequence;
    }

    /** @param size in bytes, at least {@value #HEADER_BYTES} */
    byte[] encode(int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putInt(0)
                .putInt(topic)
                .putInt(publisher)
                .putInt(mark)
                .putLong(sequence)
                .putLong(dueNanos);
        while (bytes.hasRemaining()) bytes.put((byte) (sequence + bytes.position()));
        return bytes.putInt(0, checksum(bytes.array(), new CRC32C())).array();
    }

    /**
     * Returns null if it is not what a publisher wrote.
     *
     * @param crc of the calling thread
     */
    static @Nullable Payload decode(byte[] bytes, CRC32C crc) {
        if (bytes.length < HEADER_BYTES) return null;
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.getInt() != checksum(bytes, crc)) return null;
        return new Payload(from.getInt(), from.getInt(), from.getInt(), from.getLong(), from.getLong());
    }

    private static int checksum(byte[] bytes, CRC32C crc) {
        crc.reset();
        crc.update(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }
}
