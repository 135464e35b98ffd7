package io.fanwire.loadtest.ledger;

/**
 * What of one topic was acknowledged in one epoch. Nobody changes its parts any more.
 *
 * @param firstNanos when the first acknowledgement came, by {@link io.fanwire.loadtest.measure.WallClock}
 * @param acknowledged offsets
 * @param contents of them
 * @param twice offsets that two publications were acknowledged with
 */
public record Published(long firstNanos, Intervals acknowledged, Contents contents, long twice) {
    Published plus(Published other) {
        return new Published(
                Math.min(firstNanos, other.firstNanos),
                acknowledged.plus(other.acknowledged),
                contents.plus(other.contents),
                twice + other.twice + acknowledged.and(other.acknowledged).count());
    }
}
