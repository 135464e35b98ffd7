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

    /** Asks the client's WebSocket whether it is there; {@link Session#onPong} hears the answer. */
    void ping();

    /**
     * When the client's socket last took a byte of what is written, by {@link System#nanoTime}; or when the connection was
     * opened. Any thread.
     */
    long takenAt();

    /** Where the client comes from: an IP address as text, or whatever a trusted proxy says. Any thread. */
    String address();

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
