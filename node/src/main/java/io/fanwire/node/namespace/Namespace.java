package io.fanwire.node.namespace;

import io.fanwire.protocol.Limits;

/**
 * What holds for the topics of one namespace.
 *
 * @param name what stands before a topic's first colon
 * @param resume whether a subscriber may go on from a position
 * @param fallBehind for subscribers that are too slow, where there is no history to serve them from
 * @param maxPayloadBytes of one publication
 */
public record Namespace(
        String name,
        HistoryConfig history,
        boolean resume,
        FallBehind fallBehind,
        int maxPayloadBytes,
        Durability durability) {
    /** The name under which topics without a namespace, and those of namespaces that are not set up, are set up. */
    public static final String DEFAULT_NAME = "default";

    /** With the defaults of every setting. */
    public static final Namespace DEFAULT = new Namespace(
            DEFAULT_NAME,
            HistoryConfig.DEFAULT,
            true,
            FallBehind.GAP,
            Limits.MAX_PAYLOAD_BYTES,
            Durability.ACKNOWLEDGED);

    /** @throws IllegalArgumentException that starts with the setting's name within its namespace */
    public Namespace {
        if (maxPayloadBytes < 1 || maxPayloadBytes > Limits.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload-bytes must be 1 to " + Limits.MAX_PAYLOAD_BYTES + ": " + maxPayloadBytes);
        }
    }
}
