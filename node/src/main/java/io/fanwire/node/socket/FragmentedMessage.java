package io.fanwire.node.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A message that comes in several WebSocket frames, which is rare. Owned by the thread that reads the connection. */
final class FragmentedMessage {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int maxBytes;
    private boolean tooBig;

    FragmentedMessage(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(ByteBuffer fragment) {
        tooBig |= bytes.size() + fragment.remaining() > maxBytes;
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
