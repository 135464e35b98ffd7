package io.fanwire.node.session;

/** The life of a session. */
enum SessionState {
    /** Waits for the connect command. */
    CONNECTING,
    OPEN,
    /** Is told to go elsewhere: what it has begun is finished, nothing new is begun. */
    LEAVING,
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
            case OPEN -> next == LEAVING || next == CLOSING || next == CLOSED;
            case LEAVING -> next == CLOSING || next == CLOSED;
            case CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
    }
}
