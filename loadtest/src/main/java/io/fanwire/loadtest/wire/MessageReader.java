package io.fanwire.loadtest.wire;

import java.nio.ByteBuffer;

/** Takes the messages of one connection out of the bytes of its WebSocket messages. Called on the connection's loop. */
public interface MessageReader {
    /**
     * Reads the whole messages between two indexes of the buffer, by absolute access only; the buffer is the loop's
     * and is written again afterwards.
     *
     * @return the index behind the last whole message; what is left comes again with more bytes behind it
     */
    int read(ByteBuffer bytes, int from, int to);

    /** The handshake is done: the connection can send. */
    default void onOpen(ClientSocket socket) {}

    /**
     * The connection has ended.
     *
     * @param why for a human to read; a close frame's code comes first in it
     */
    default void onClosed(ClientSocket socket, String why) {}
}
