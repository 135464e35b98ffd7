package io.fanwire.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** What flows through a {@link ForwardedConnection} in one direction, and its end. For one thread. */
final class Flow {
    private static final int BYTES = 64 * 1024;

    private final SocketChannel from;
    private final SocketChannel to;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private boolean read;
    private boolean ended;

    Flow(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    /** As much as there is and fits. */
    void move() throws IOException {
        if (ended) return;
        if (!read && from.read(buffer) < 0) read = true;
        buffer.flip();
        to.write(buffer);
        buffer.compact();
        if (read && buffer.position() == 0) end();
    }

    /** Whether everything up to the end of the one side has been handed to the other. */
    boolean hasEnded() {
        return ended;
    }

    /** What the one side has to be asked for. */
    int readOps() {
        return !read && buffer.hasRemaining() ? SelectionKey.OP_READ : 0;
    }

    /** What the other side has to be asked for. */
    int writeOps() {
        return buffer.position() > 0 ? SelectionKey.OP_WRITE : 0;
    }

    private void end() throws IOException {
        to.shutdownOutput();
        ended = true;
    }
}
