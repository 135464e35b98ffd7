package io.fanwire.loadtest.wire;

import java.nio.ByteBuffer;

/** WebSocket frames, RFC 6455 section 5.2. */
final class Frames {
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private Frames() {}

    /** The length of the header that starts here, 2 to 10; 0 if its first two bytes are not there yet. */
    static int headerLength(ByteBuffer bytes, int at, int end) {
        if (end - at < 2) return 0;
        return switch (bytes.get(at + 1) & 0x7F) {
            case LENGTH_16 -> 2 + Short.BYTES;
            case LENGTH_64 -> 2 + Long.BYTES;
            default -> 2;
        };
    }

    static int opcode(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0x0F;
    }

    static int payloadLength(ByteBuffer bytes, int at) {
        int length = bytes.get(at + 1) & 0x7F;
        if (length == LENGTH_16) return bytes.getShort(at + 2) & 0xFFFF;
        return length == LENGTH_64 ? Math.toIntExact(bytes.getLong(at + 2)) : length;
    }

    /** A client's frame: masked, as it has to be, but with a mask that changes nothing. */
    static ByteBuffer masked(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + Long.BYTES + MASK_BYTES + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < LENGTH_16) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (MASKED | LENGTH_16)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LENGTH_64)).putLong(payload.length);
        }
        return frame.putInt(0).put(payload).flip();
    }
}
