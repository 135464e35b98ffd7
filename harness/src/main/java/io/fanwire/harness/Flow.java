package io.fanwire.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** What flows through a {@link ForwardedConnection} in one direction, and its end. For one thread. */
final class Flow {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel from;
    private final SocketChannel to;
    /** What the other side did not take: most of the time it takes everything, and a flow costs no memory. */
    private ByteBuffer rest = NOTHING;

    private boolean read;
    private boolean ended;

    Flow(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    /**
     * As much as there is and fits.
     *
     * @param buffer belongs to this method as long as it takes
     */
    void move(ByteBuffer buffer) throws IOException {
        if (ended) return;
        if (rest.hasRemaining()) to.write(rest);
        else pass(buffer);
        if (read && !rest.hasRemaining()) end();
    }

    /** Whether everything up to the end of the one side has been handed to the other. */
    boolean hasEnded() {
        return ended;
    }

    /** What the one side has to be asked for. */
    int readOps() {
        return !read && !rest.hasRemaining() ? SelectionKey.OP_READ : 0;
    }

    /** What the other side has to be asked for. */
    int writeOps() {
        return rest.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    }

    private void pass(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (!read && from.read(buffer) < 0) read = true;
        to.write(buffer.flip());
        rest = buffer.hasRemaining()
                ? ByteBuffer.allocate(buffer.remaining()).put(buffer).flip()
                : NOTHING;
    }

    private void end() throws IOException {
        to.shutdownOutput();
        ended = true;
    }
}
