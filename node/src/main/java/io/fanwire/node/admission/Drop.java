package io.fanwire.node.admission;

/** Why a TCP connection is closed without an answer: there was no handshake yet to answer. */
public enum Drop {
    /** More than allowed have not finished their handshake, and this was the oldest of them. */
    PENDING_FULL,
    /** The same, for one address. */
    ADDRESS_FULL,
    /** The process can't open more files, or only the few that it needs itself. */
    FILES_FULL,
    /** The handshake was not over in time. */
    HANDSHAKE_TIMEOUT,
    /** It comes from no trusted proxy where only those may connect. */
    UNTRUSTED_PROXY
}
