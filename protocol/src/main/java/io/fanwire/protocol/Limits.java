package io.fanwire.protocol;

/** Every limit of the protocol, in one place. A node may be configured to be stricter, never more generous. */
public final class Limits {
    /** WebSocket subprotocol of the binary protocol, version 1. */
    public static final String SUBPROTOCOL_PROTOBUF = "fanwire.v1.protobuf";

    /** Longest topic, in characters; a topic is ASCII, so also in bytes. */
    public static final int MAX_TOPIC_CHARS = 200;

    /** Largest message from a client, in bytes. */
    public static final int MAX_CLIENT_FRAME_BYTES = 128 * 1024;

    /** Largest message from a node, in bytes. */
    public static final int MAX_SERVER_FRAME_BYTES = 192 * 1024;

    /** Most commands in one message from a client. */
    public static final int MAX_COMMANDS_PER_FRAME = 1_000;

    /** Largest payload of one publication, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    /** Longest idempotency key, in bytes of its UTF-8 form. */
    public static final int MAX_IDEMPOTENCY_KEY_BYTES = 64;

    /** Largest epoch and offset of a position: exact in every language, as 2^53 is. */
    public static final long MAX_EPOCH_OR_OFFSET = 1L << 53;

    /** Publications of one history reply, where the client does not say. */
    public static final int DEFAULT_HISTORY_LIMIT = 100;

    /** Longest client name in a connect command, in characters. */
    public static final int MAX_CLIENT_NAME_CHARS = 100;

    /** Longest reason of a WebSocket close frame, in bytes (RFC 6455, 5.5.1: 125 with the code). */
    public static final int MAX_CLOSE_REASON_BYTES = 123;

    private Limits() {}
}
