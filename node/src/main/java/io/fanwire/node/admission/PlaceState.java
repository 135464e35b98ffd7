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
    GONE;

    /** Whether it counts among those that have not finished their handshake. */
    boolean isPending() {
        return this == PENDING || this == ADMITTED || this == ANSWERED;
    }
}
