package io.fanwire.client;

/** Where a client is in its life. */
public enum ClientState {
    /** A connection is being made. */
    CONNECTING,
    /** A node has answered the connect command. */
    CONNECTED,
    /** The connection is lost or could not be made; the client waits before it tries the next node. */
    WAITING,
    /** For good. */
    CLOSED;

    boolean mayBecome(ClientState next) {
        return switch (this) {
            case CONNECTING -> next == CONNECTED || next == WAITING || next == CLOSED;
            case CONNECTED -> next == WAITING || next == CLOSED;
            case WAITING -> next == CONNECTING || next == CLOSED;
            case CLOSED -> false;
        };
    }
}
