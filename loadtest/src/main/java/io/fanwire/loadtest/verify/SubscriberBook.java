package io.fanwire.loadtest.verify;

import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.client.TopicListener;
import io.fanwire.loadtest.ledger.Received;
import io.fanwire.loadtest.ledger.SubscriberPart;
import io.fanwire.protocol.Position;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What one subscriber gets. Written on its client's loop, read by any thread. */
final class SubscriberBook implements TopicListener {
    private final int number;
    private final TopicBook topic;
    private final int publishers;
    private final Tally tally;
    private final CRC32C crc = new CRC32C();
    private final SortedMap<Long, EpochBook> epochs = new TreeMap<>();
    private final BitSet marks = new BitSet();
    private @Nullable Position first;
    private @Nullable EpochBook current;
    private long seenAgain;
    private long outOfOrder;
    private long corrupted;

    /** @param publishers of all processes */
    SubscriberBook(int number, TopicBook topic, int publishers, Tally tally) {
        this.number = number;
        this.topic = topic;
        this.publishers = publishers;
        this.tally = tally;
    }

    @Override
    public synchronized void onSubscribed(Position position) {
        if (first != null) return; // after a reconnect; what was missed has been told
        first = position;
        enter(position.epoch()).begin(position.offset());
    }

    @Override
    public synchronized void onGap(GapInfo gap) {
        tally.missed(gap.missing());
        String reason = gap.reason().name();
        if (current != null && current.number != gap.epoch()) current.end(reason);
        enter(gap.epoch()).told(gap.fromOffset(), gap.toOffset(), reason);
    }

    @Override
    public void onMessage(Message message) {
        Payload payload = Payload.decode(message.payload(), crc);
        boolean isNew = record(message.position(), payload);
        if (isNew && payload != null) tally.delivered(payload.dueNanos());
    }

    /** Whether everything has come, or was told to be missing, that this process knows to be due. */
    synchronized boolean isCaughtUp(BitSet expectedMarks) {
        if (current == null) return false;
        Position reached = new Position(current.number, current.reached());
        if (!topic.isReached(reached, current.enteredNanos)) return false;
        return expectedMarks.stream().allMatch(marks::get);
    }

    /** @param dropped duplicates, by the client library's count */
    synchronized SubscriberPart part(long dropped) {
        Position from = first == null ? new Position(0, 0) : first;
        SortedMap<Long, Received> received = new TreeMap<>();
        epochs.forEach((epoch, book) -> received.put(epoch, book.received()));
        return new SubscriberPart(
                number, topic.name(), from.epoch(), from.offset(), dropped, seenAgain, outOfOrder, corrupted, received);
    }

    /** Returns whether this position has not come before. */
    private synchronized boolean record(Position position, @Nullable Payload payload) {
        EpochBook newest = current;
        EpochBook epoch = newest != null && newest.number == position.epoch() ? newest : book(position.epoch());
        if (newest == null) current = epoch;
        boolean late = epoch != current || position.offset() <= epoch.reached();
        if (!epoch.add(position.offset())) {
            seenAgain++;
            return false;
        }
        if (late) outOfOrder++;
        if (payload == null || payload.topic() != topic.number() || !isPublisher(payload.publisher())) corrupted++;
        else record(position.offset(), payload, epoch);
        return true;
    }

    private void record(long offset, Payload payload, EpochBook epoch) {
        if (!epoch.add(offset, payload)) seenAgain++;
        if (payload.mark() != Payload.NO_MARK) marks.set(payload.mark());
    }

    private EpochBook enter(long epoch) {
        current = book(epoch);
        return current;
    }

    private EpochBook book(long epoch) {
        return epochs.computeIfAbsent(epoch, each -> new EpochBook(epoch, publishers));
    }

    private boolean isPublisher(int publisher) {
        return publisher >= 0 && publisher < publishers;
    }
}
