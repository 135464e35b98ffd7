package io.fanwire.loadtest.verify;

import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.client.TopicListener;
import io.fanwire.loadtest.ledger.Received;
import io.fanwire.loadtest.ledger.SubscriberPart;
import io.fanwire.protocol.Position;
import java.util.BitSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What one subscriber gets. Written on its client's loop, read by any thread. */
final class SubscriberBook implements TopicListener {
    // Behind them more may be missing than they count.
    private static final Set<String> UNBOUNDED = Set.of("EPOCH_CHANGED", "POSITION_LOST");

    private final int number;
    private final TopicBook topic;
    private final int publishers;
    private final Tally tally;
    private final CRC32C crc = new CRC32C();
    private final SortedMap<Long, EpochBook> epochs = new TreeMap<>();
    private final BitSet marks = new BitSet();
    private volatile boolean disturbed;
    private @Nullable Position first;
    private @Nullable EpochBook current;
    private long seenAgain;
    private long outOfOrder;
    private long corrupted;
    private long gaps;
    private long gapPositions;

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
        gaps++;
        gapPositions += gap.missing();
        String reason = gap.reason().name();
        if (current != null && UNBOUNDED.contains(reason)) breakOff(current, gap, reason);
        // What Redis lost behind the epoch's end is told by that; what came before goes on in the next.
        if (current != null && reason.equals("EPOCH_CONTINUED")) current.end(reason);
        enter(gap.epoch()).told(gap.fromOffset(), gap.toOffset(), reason);
    }

    @Override
    public void onMessage(Message message) {
        Payload payload = Payload.decode(message.payload(), crc);
        boolean isNew = record(message.position(), payload);
        if (isNew && payload != null) tally.delivered(payload.dueNanos(), disturbed);
    }

    /** Its client has lost a connection: from now on it has something to make up for. */
    void disturb() {
        disturbed = true;
    }

    /** Whether everything has come, or was told to be missing, that this process knows to be due. */
    synchronized boolean isCaughtUp(BitSet expectedMarks) {
        return hasReached(topic.newest()) && expectedMarks.stream().allMatch(marks::get);
    }

    /** What its topic's publishers of this process were acknowledged last; null if nothing. */
    @Nullable
    Newest newest() {
        return topic.newest();
    }

    /** Whether a publication and all before it have come, or were told to be missing. */
    synchronized boolean hasReached(@Nullable Newest due) {
        if (current == null) return false;
        if (due == null) return true;
        // An epoch that the subscriber came to after the acknowledgement, or after that one's epoch, is the newer one.
        boolean isNewer = epochs.containsKey(due.position().epoch()) || current.enteredNanos > due.nanos();
        return isNewer && current.isAtOrPast(due.position());
    }

    /** @param dropped duplicates, by the client library's count */
    synchronized SubscriberPart part(long dropped) {
        Position from = first == null ? new Position(0, 0) : first;
        SortedMap<Long, Received> received = new TreeMap<>();
        epochs.forEach((epoch, book) -> received.put(epoch, book.received()));
        return new SubscriberPart(
                number,
                topic.name(),
                from.epoch(),
                from.offset(),
                dropped,
                seenAgain,
                outOfOrder,
                corrupted,
                gaps,
                gapPositions,
                received);
    }

    /** Returns whether this position has not come before. */
    private synchronized boolean record(Position position, @Nullable Payload payload) {
        // One that is known and left comes back only in disorder; a new one, without a gap before it, goes on.
        EpochBook epoch = epochs.get(position.epoch());
        if (epoch == null) epoch = enter(position.epoch());
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

    private void breakOff(EpochBook book, GapInfo gap, String reason) {
        if (book.number == gap.epoch()) {
            book.rewind(gap.toOffset(), reason);
        } else {
            book.end(reason);
            current = null;
        }
    }

    private EpochBook enter(long epoch) {
        EpochBook before = current;
        current = epochs.computeIfAbsent(
                epoch, each -> before == null ? new EpochBook(epoch, publishers) : before.continued(epoch));
        return current;
    }

    private boolean isPublisher(int publisher) {
        return publisher >= 0 && publisher < publishers;
    }
}
