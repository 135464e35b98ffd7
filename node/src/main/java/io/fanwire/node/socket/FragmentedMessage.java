package io.fanwire.node.socket;

import io.fanwire.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A message that comes in several WebSocket frames, which is rare. Owned by the thread that reads the connection. */
final class FragmentedMessage {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooBig;

    void add(ByteBuffer fragment) {
        tooBig |= bytes.size() + fragment.remaining() > Limits.MAX_CLIENT_FRAME_BYTES;
        if (tooBig) return;
        byte[] copy = new byte[fragment.remaining()];
        fragment.duplicate().get(copy);
        bytes.writeBytes(copy);
    }

    boolean isTooBig() {
        return tooBig;
    }

    ByteBuffer payload() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
