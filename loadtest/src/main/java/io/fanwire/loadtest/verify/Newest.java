package io.fanwire.loadtest.verify;

import io.fanwire.protocol.Position;

/**
 * The newest publication of a topic that was acknowledged.
 *
 * @param nanos when, by {@link io.fanwire.loadtest.measure.WallClock}
 */
record Newest(Position position, long nanos) {}
