package io.fanwire.loadtest.verify;

import io.fanwire.loadtest.ledger.Contents;
import io.fanwire.loadtest.ledger.Intervals;
import io.fanwire.loadtest.ledger.Published;
import io.fanwire.loadtest.ledger.TopicPart;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.protocol.Position;
import java.util.SortedMap;
import java.util.TreeMap;

/** What this process published to one topic. Any thread. */
final class TopicBook {
    private final int number;
    private final String name;
    private final SortedMap<Long, Epoch> epochs = new TreeMap<>();
    private Position newest = new Position(0, 0);
    private long newestNanos;
    private boolean begun;
    private long unacknowledged;

    TopicBook(int number, String name) {
        this.number = number;
        this.name = name;
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    synchronized void acknowledge(Position position, Payload payload) {
        Epoch epoch = epochs.computeIfAbsent(position.epoch(), each -> new Epoch());
        if (!epoch.acknowledged.add(position.offset())) epoch.twice++;
        epoch.contents.add(position.offset(), payload.id());
        if (position.epoch() == newest.epoch() && position.offset() < newest.offset()) return;
        begun = true;
        newest = position;
        newestNanos = WallClock.nanos();
    }

    synchronized void fail() {
        unacknowledged++;
    }

    /**
     * Whether nothing that was acknowledged comes after a position.
     *
     * @param epochNanos when the subscriber who is there first heard of the position's epoch
     */
    synchronized boolean isReached(Position position, long epochNanos) {
        if (!begun) return true;
        // An epoch that the subscriber was led to after the last acknowledgement is the newer one.
        return position.epoch() == newest.epoch() ? position.offset() >= newest.offset() : epochNanos > newestNanos;
    }

    synchronized TopicPart part() {
        SortedMap<Long, Published> published = new TreeMap<>();
        epochs.forEach((epoch, book) -> published.put(epoch, book.published()));
        return new TopicPart(unacknowledged, published);
    }

    private static final class Epoch {
        private final long firstNanos = WallClock.nanos();
        private final Intervals acknowledged = new Intervals();
        private final Contents contents = new Contents();
        private long twice;

        Published published() {
            return new Published(firstNanos, acknowledged.copy(), contents.copy(), twice);
        }
    }
}
