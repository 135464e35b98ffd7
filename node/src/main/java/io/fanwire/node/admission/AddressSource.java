package io.fanwire.node.admission;

/** Who says which address a client has. */
public enum AddressSource {
    /** The TCP connection. */
    NONE,
    /** The header of RFC 7239, from a trusted proxy. */
    FORWARDED,
    /** The header {@code X-Forwarded-For}, from a trusted proxy. */
    X_FORWARDED_FOR,
    /** The PROXY protocol, version 1 or 2, from a trusted proxy. */
    PROXY_PROTOCOL
}
