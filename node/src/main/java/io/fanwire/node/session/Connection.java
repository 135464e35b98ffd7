package io.fanwire.node.session;

import io.fanwire.protocol.CloseReason;
import java.nio.ByteBuffer;

/** The transport under a session, such as a WebSocket. Called by the session's lane only; must not block. */
public interface Connection {
    /**
     * Sends one message. There is one write at a time.
     *
     * @param message belongs to the connection until the write is done, and not a moment longer; must not be written to
     * @param write hears the end, from any thread, perhaps before this call returns
     */
    void write(ByteBuffer message, Write write);

    /** Lets one more message in; see {@link Session#onFrame}. */
    void demand();

    /** Says goodbye: sends the close code behind what is being written. Does not wait for the client. */
    void close(CloseReason reason);

    /** Ends the connection at once, whatever its state. */
    void abort();

    /** The end of a write. */
    interface Write {
        void onWritten();

        void onWriteFailed(Throwable cause);
    }
}
