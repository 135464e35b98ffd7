package io.fanwire.node.session;

/** The life of a session. */
enum SessionState {
    /** Waits for the connect command. */
    CONNECTING,
    OPEN,
    /** Holds nothing any more; the close frame is on its way. */
    CLOSING,
    CLOSED;

    /** Whether the client may still say something. */
    boolean isAlive() {
        return this == CONNECTING || this == OPEN;
    }

    boolean allows(SessionState next) {
        return switch (this) {
            case CONNECTING -> next == OPEN || next == CLOSING || next == CLOSED;
            case OPEN -> next == CLOSING || next == CLOSED;
            case CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
    }
}
