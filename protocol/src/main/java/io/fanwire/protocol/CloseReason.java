package io.fanwire.protocol;

import java.util.Optional;

/**
 * Why a connection ends: the one table for server, clients, metrics and docs. Codes below 4000 are those of RFC 6455
 * and IANA; after 4000–4499 a client may reconnect, after 4500–4999 it must not, since the same would happen again.
 */
public enum CloseReason {
    NORMAL(1000, "done"),
    GOING_AWAY(1001, "the node stops"),
    MESSAGE_TOO_BIG(1009, "a message is larger than the node takes"),
    SERVICE_RESTART(1012, "the node restarts, connect to another"),
    TRY_AGAIN_LATER(1013, "the node is overloaded, connect to another"),

    /** Nothing was heard for heartbeat interval and timeout. */
    HEARTBEAT_TIMEOUT(4000, "no heartbeat from the client"),
    /** Connected, but no connect command came in time. */
    CONNECT_TIMEOUT(4001, "no connect command in time"),
    /** The client read too slowly, and its namespace says: close. */
    SLOW_CONSUMER(4002, "the client reads too slowly"),
    /** A defect of the node. */
    INTERNAL_ERROR(4003, "the node failed"),
    /** The client's socket took not one byte for the write timeout. */
    WRITE_TIMEOUT(4004, "the client takes no data"),
    /** Other nodes have fewer clients: this one hands off some of its own. */
    REBALANCE(4005, "connect to another node"),
    /** The connection has reached the age at which connections are renewed. */
    MAX_AGE(4006, "the connection is old, connect again"),

    /** Bytes that are no ClientFrame. */
    MALFORMED_FRAME(4500, "not a fanwire.v1.protobuf frame"),
    /** A text message on the binary subprotocol. */
    UNEXPECTED_TEXT(4501, "text message on a binary subprotocol"),
    /** The first command was not connect, or connect came twice. */
    CONNECT_EXPECTED(4502, "the first command, and only the first, must be connect"),
    /** More commands in one message than the node takes, which is {@link Limits#MAX_COMMANDS_PER_FRAME} at most. */
    TOO_MANY_COMMANDS(4503, "too many commands in one message");

    private static final int FIRST_OWN = 4000;
    private static final int FIRST_FINAL = 4500;

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The WebSocket close code. */
    public int code() {
        return code;
    }

    /** The WebSocket close reason, for a developer to read; at most {@value Limits#MAX_CLOSE_REASON_BYTES} bytes. */
    public String text() {
        return text;
    }

    /** Whether a client that was closed for this reason may connect again. */
    public boolean mayReconnect() {
        return mayReconnect(code);
    }

    /** The same for any close code, so that old clients understand codes that were added after them. */
    public static boolean mayReconnect(int code) {
        return code >= FIRST_OWN
                ? code < FIRST_FINAL
                : code != NORMAL.code && code != MESSAGE_TOO_BIG.code && code != 1008;
    }

    /** The reason with this code, if it is one of this table. */
    public static Optional<CloseReason> of(int code) {
        for (CloseReason reason : values()) {
            if (reason.code == code) return Optional.of(reason);
        }
        return Optional.empty();
    }
}
