package io.fanwire.node.admission;

/** How far a TCP connection has come. */
enum PlaceState {
    /** No handshake yet. */
    PENDING,
    /** Let in; the answer is on its way. */
    ADMITTED,
    /** Refused, or no WebSocket client; the answer is on its way. */
    ANSWERED,
    /** A WebSocket. */
    OPEN,
    /** It had to make room for another; its socket is being closed. */
    CUT,
    GONE;

    /** Whether it may have to make room: not when the client is let in, and has only to hear of it. */
    boolean isWaiting() {
        return this == PENDING || this == ANSWERED;
    }

    /** Whether it counts among those that have not finished their handshake. */
    boolean isPending() {
        return this == PENDING || this == ADMITTED || this == ANSWERED;
    }
}
