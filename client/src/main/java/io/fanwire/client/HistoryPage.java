package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.HistoryResult;
import java.util.List;

/**
 * A part of a topic's history.
 *
 * @param messages by rising offset; an offset that is left out is not in the history (any more)
 * @param newest where the topic stood; subscribing {@linkplain Start#after after} the last message, or after this if
 *     there is none, misses nothing
 * @param hasMore whether there is more: go on {@linkplain HistoryRequest#after after} the last message
 * @param positionLost the position asked for is not one of this topic's (any more): the messages start at the beginning
 */
public record HistoryPage(List<Message> messages, Position newest, boolean hasMore, boolean positionLost) {
    public HistoryPage {
        messages = List.copyOf(messages);
    }

    /** @throws IllegalArgumentException if an offset is beyond 2^63 */
    static HistoryPage of(String topic, HistoryResult wire) {
        Position newest = Positions.of(wire.getNewest());
        List<Message> messages = wire.getPublicationsList().stream()
                .map(each -> Message.of(topic, new Position(newest.epoch(), each.getOffset()), each))
                .toList();
        return new HistoryPage(messages, newest, wire.getHasMore(), wire.getPositionLost());
    }
}
