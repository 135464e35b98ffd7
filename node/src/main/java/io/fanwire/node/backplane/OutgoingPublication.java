package io.fanwire.node.backplane;

/**
 * A publication on its way to the backplane, encoded once.
 *
 * @param body the encoding of a {@link io.fanwire.protocol.v1.Publication} without {@code topic_id} and
 *     {@code offset}: a receiving node writes those two fields before it, and has the event's encoding
 * @param idempotencyKey empty for none
 */
public record OutgoingPublication(byte[] body, String idempotencyKey) {}
