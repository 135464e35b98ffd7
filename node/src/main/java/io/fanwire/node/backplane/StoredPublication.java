package io.fanwire.node.backplane;

import io.fanwire.protocol.Position;

/**
 * A publication out of a topic's history.
 *
 * @param position with the epoch in which it was published, perhaps an earlier one of the topic's lineage
 * @param body see {@link OutgoingPublication#body()}; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredPublication(Position position, byte[] body) {}
