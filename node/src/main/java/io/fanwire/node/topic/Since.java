package io.fanwire.node.topic;

import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.protocol.Position;

/** Where a subscription is to start. */
public sealed interface Since {
    /** With the next publication. */
    record Now() implements Since {}

    /** Right behind this position. */
    record After(Position position) implements Since {}

    /** At a point of the history. */
    record Point(HistoryQuery.Start start) implements Since {}
}
