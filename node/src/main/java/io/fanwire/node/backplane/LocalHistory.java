package io.fanwire.node.backplane;

import io.fanwire.node.namespace.HistoryConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The history of one topic of a {@link LocalBackplane}. Owned by one thread. */
final class LocalHistory {
    private final Deque<Entry> entries = new ArrayDeque<>(0);
    private final HistoryConfig config;
    private final InstantSource time;
    private long bytes;

    LocalHistory(HistoryConfig config, InstantSource time) {
        this.config = config;
        this.time = time;
    }

    void add(StoredPublication publication) {
        if (!config.isKept()) return;
        entries.add(new Entry(time.instant(), publication));
        bytes += publication.body().length;
        trim();
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    HistoryPage read(Lineage lineage, HistoryQuery query) {
        trim();
        long from = firstOffset(lineage, query.start());
        List<StoredPublication> page = new ArrayList<>();
        long pageBytes = 0;
        boolean more = false;
        for (Entry entry : entries) {
            if (entry.offset() < from) continue;
            int size = entry.publication.body().length;
            more = page.size() >= query.maxCount() || !page.isEmpty() && pageBytes + size > query.maxBytes();
            if (more) break;
            page.add(entry.publication);
            pageBytes += size;
        }
        return new HistoryPage(lineage, from, page, more);
    }

    private long firstOffset(Lineage lineage, HistoryQuery.Start start) {
        long next = lineage.newest().offset() + 1;
        Entry oldest = entries.peek();
        long beginning = oldest == null ? next : oldest.offset();
        if (start instanceof HistoryQuery.Start.Offset offset) return offset.first();
        if (start instanceof HistoryQuery.Start.Last last) return Math.max(beginning, next - last.count());
        if (start instanceof HistoryQuery.Start.Time since) return firstSince(since.since(), next);
        return beginning;
    }

    private long firstSince(Instant since, long next) {
        for (Entry entry : entries) {
            if (!entry.stored.isBefore(since)) return entry.offset();
        }
        return next;
    }

    private void trim() {
        Instant oldest = time.instant().minus(config.age());
        while (!entries.isEmpty() && isTooMuch(entries.element(), oldest)) {
            bytes -= entries.remove().publication.body().length;
        }
    }

    private boolean isTooMuch(Entry first, Instant oldest) {
        return entries.size() > config.size() || bytes > config.bytes() || first.stored.isBefore(oldest);
    }

    private record Entry(Instant stored, StoredPublication publication) {
        long offset() {
            return publication.position().offset();
        }
    }
}
