package io.fanwire.node.topic;

import io.fanwire.protocol.Position;

/**
 * How a subscription started.
 *
 * @param position what comes first has the next offset
 * @param resumed nothing is lost between the position asked for and this one
 * @param positionLost the position asked for is not one of this topic's
 */
public record Started(Position position, boolean resumed, boolean positionLost) {
    static Started at(Position position) {
        return new Started(position, false, false);
    }

    static Started resumedAt(Position position) {
        return new Started(position, true, false);
    }
}
