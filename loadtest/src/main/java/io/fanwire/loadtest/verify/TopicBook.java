package io.fanwire.loadtest.verify;

import io.fanwire.loadtest.ledger.Contents;
import io.fanwire.loadtest.ledger.Intervals;
import io.fanwire.loadtest.ledger.Published;
import io.fanwire.loadtest.ledger.TopicPart;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.protocol.Position;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What this process published to one topic. Any thread. */
final class TopicBook {
    private final int number;
    private final String name;
    private final SortedMap<Long, Epoch> epochs = new TreeMap<>();
    private @Nullable Newest newest;
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
        boolean isNewEpoch = !epochs.containsKey(position.epoch());
        Epoch epoch = epochs.computeIfAbsent(position.epoch(), each -> new Epoch());
        if (!epoch.acknowledged.add(position.offset())) epoch.twice++;
        epoch.contents.add(position.offset(), payload.id());
        if (isNewer(position, isNewEpoch)) newest = new Newest(position, WallClock.nanos());
    }

    synchronized void fail() {
        unacknowledged++;
    }

    /** Null if nothing was acknowledged. */
    synchronized @Nullable Newest newest() {
        return newest;
    }

    synchronized TopicPart part() {
        SortedMap<Long, Published> published = new TreeMap<>();
        epochs.forEach((epoch, book) -> published.put(epoch, book.published()));
        return new TopicPart(unacknowledged, published);
    }

    /** An epoch that is known already and left is an old one: a repetition gets the position that the first attempt got. */
    private boolean isNewer(Position position, boolean isNewEpoch) {
        if (newest == null || isNewEpoch) return true;
        Position last = newest.position();
        return position.epoch() == last.epoch() && position.offset() >= last.offset();
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
