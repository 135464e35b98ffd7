package io.fanwire.node.topic;

import io.fanwire.protocol.Position;

/**
 * A place between two events of a {@link TopicLog}. One per event, shared by every cursor that stands there.
 *
 * @param address bytes that were ever appended before it
 * @param count publications that were ever appended before it
 * @param position of the topic's newest publication before it
 */
public record Mark(long address, long count, Position position) {
    static final Mark START = new Mark(0, 0, new Position(0, 0));
}
