package io.fanwire.client;

import io.fanwire.protocol.Position;

/** Positions off and onto the wire. */
final class Positions {
    private Positions() {}

    /** @throws IllegalArgumentException if the offset is beyond 2^63: no node counts that far */
    static Position of(io.fanwire.protocol.v1.Position wire) {
        return new Position(wire.getEpoch(), wire.getOffset());
    }

    static io.fanwire.protocol.v1.Position wire(Position position) {
        return io.fanwire.protocol.v1.Position.newBuilder()
                .setEpoch(position.epoch())
                .setOffset(position.offset())
                .build();
    }
}
