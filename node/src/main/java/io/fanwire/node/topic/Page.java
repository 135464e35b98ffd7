package io.fanwire.node.topic;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.protocol.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A page of a topic's history, encoded once for all subscribers of this node that need it. Immutable: any thread may read
 * it.
 */
final class Page {
    private final Lineage lineage;
    private final long from;
    private final long through;
    private final boolean hasMore;
    private final long[] offsets;
    // Where each event ends.
    private final int[] ends;
    private final byte[] events;

    private Page(HistoryPage page, long[] offsets, int[] ends, byte[] events) {
        this.lineage = page.lineage();
        this.from = page.from();
        this.hasMore = page.hasMore();
        this.offsets = offsets;
        this.ends = ends;
        this.events = events;
        long last = offsets.length == 0 ? page.from() - 1 : offsets[offsets.length - 1];
        this.through = hasMore ? last : Math.max(last, page.lineage().newest().offset());
    }

    /** @param topicId the topic's number in the events of this node */
    static Page encode(int topicId, HistoryPage page) {
        List<StoredPublication> publications = page.publications();
        EncodedEvent[] encoded = new EncodedEvent[publications.size()];
        long[] offsets = new long[encoded.length];
        int[] ends = new int[encoded.length];
        int size = 0;
        for (int i = 0; i < encoded.length; i++) {
            StoredPublication each = publications.get(i);
            offsets[i] = each.position().offset();
            encoded[i] = EncodedEvent.publication(topicId, offsets[i], each.body());
            size += encoded[i].size();
            ends[i] = size;
        }
        byte[] events = new byte[size];
        for (int i = 0; i < encoded.length; i++) encoded[i].copyTo(events, i == 0 ? 0 : ends[i - 1]);
        return new Page(page, offsets, ends, events);
    }

    Lineage lineage() {
        return lineage;
    }

    /** The first offset that was looked for. */
    long from() {
        return from;
    }

    /** What is missing up to this offset is not in the history. */
    long through() {
        return through;
    }

    /** Whether it ends because it is full, and so stays as it is. */
    boolean isFull() {
        return hasMore;
    }

    /** Whether a page that is read now would have no more up to this position. */
    boolean reaches(Position known) {
        Position newest = lineage.newest();
        return hasMore || newest.epoch() == known.epoch() && newest.offset() >= known.offset();
    }

    int bytes() {
        return events.length;
    }

    /** The first offset from this one on that the page has; {@code through + 1} if there is none. */
    long firstFrom(long offset) {
        int index = indexOf(offset);
        return index < offsets.length ? offsets[index] : through + 1;
    }

    /** The last offset, at most {@code to}, up to which nothing is missing from {@code offset} on, which must be here. */
    long endOfRun(long offset, long to) {
        int index = indexOf(offset);
        while (index + 1 < offsets.length && offsets[index + 1] == offsets[index] + 1 && offsets[index + 1] <= to)
            index++;
        return offsets[index];
    }

    /** The events of two offsets that the page has, and of those between; shares the bytes. */
    ByteBuffer view(long first, long last, SpareView spare) {
        int index = indexOf(first);
        return spare.take(events, index == 0 ? 0 : ends[index - 1], ends[indexOf(last)]);
    }

    private int indexOf(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found >= 0 ? found : -found - 1;
    }
}
