package io.fanwire.node.topic;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The pages of history that this node's subscribers read: each is read once for all that want it at the same time, and
 * they are kept for those that come a moment later. So few reads are under way that live traffic does not notice.
 * Any thread may call anything; state is guarded by the monitor, under which nothing is called.
 */
final class PageShelf {
    static final int PAGE_COUNT = 64;
    static final int PAGE_BYTES = 48 << 10;

    /** Subscribers that are a few publications apart share their first page. */
    private static final int ALIGNMENT = 16;

    private static final int MAX_READS = 8;
    private static final int MAX_WAITING = 10_000;
    private static final long MAX_KEPT_BYTES = 16 << 20;
    private static final long MAX_KEPT_NANOS = Duration.ofSeconds(5).toNanos();

    private final Backplane backplane;
    private final NanoClock clock;
    private final Map<Key, CompletableFuture<Page>> underWay = new HashMap<>();
    private final Queue<Read> waiting = new ArrayDeque<>();
    private final LinkedHashMap<Key, Kept> kept = new LinkedHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong looks = new AtomicLong();
    private final LongAdder asked = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private long keptBytes;
    private int running;

    PageShelf(Backplane backplane, NanoClock clock) {
        this.backplane = backplane;
        this.clock = clock;
    }

    /** The offset from which a page is best asked for by who wants this one. */
    static long aligned(long offset) {
        return offset - (offset - 1) % ALIGNMENT;
    }

    /**
     * A page from an offset on. The stage completes on any thread, and fails with a {@link BackplaneException}.
     *
     * @param known where the topic stands, as this node knows it: pages of an earlier epoch are no use, nor are kept ones
     *     that end before it
     */
    CompletionStage<Page> page(Topic topic, int topicId, Position known, long from) {
        Key key = new Key(topicId, known.epoch(), new HistoryQuery.Start.Offset(from));
        synchronized (this) {
            Page page = kept(key);
            if (page != null && page.reaches(known)) {
                asked.increment();
                return CompletableFuture.completedStage(page);
            }
        }
        return read(topic, key, PAGE_COUNT);
    }

    /** Where a point of the history is: a page without publications. Fails as {@link #page} does. */
    CompletionStage<Page> find(Topic topic, int topicId, HistoryQuery.Start start) {
        return read(topic, new Key(topicId, 0, start), 0);
    }

    /** Where a topic stands, from a read that begins now: others' may have begun too early. Fails as {@link #page} does. */
    CompletionStage<Page> look(Topic topic, int topicId) {
        HistoryQuery.Start start = new HistoryQuery.Start.Last(1);
        return read(topic, new Key(topicId, -looks.incrementAndGet(), start), 0);
    }

    /** Pages that were asked for. */
    long asked() {
        return asked.sum();
    }

    /** Pages that were read for that. */
    long reads() {
        return reads.sum();
    }

    long failures() {
        return failures.sum();
    }

    synchronized int readsWaiting() {
        return waiting.size();
    }

    synchronized long keptBytes() {
        return keptBytes;
    }

    private CompletionStage<Page> read(Topic topic, Key key, int count) {
        asked.increment();
        CompletableFuture<Page> stage = new CompletableFuture<>();
        synchronized (this) {
            CompletableFuture<Page> shared = underWay.putIfAbsent(key, stage);
            if (shared != null) return shared;
            if (waiting.size() >= MAX_WAITING) {
                underWay.remove(key);
                return CompletableFuture.failedStage(
                        new BackplaneException(Kind.OVERLOADED, "too many reads of history are waiting"));
            }
            waiting.add(new Read(topic, key, count, stage));
        }
        proceed();
        return stage;
    }

    /** A read that fails at once comes back here before it has returned: then the call that is at it goes on. */
    private void proceed() {
        if (calls.getAndIncrement() > 0) return;
        int done = 1;
        do {
            for (Read next = next(); next != null; next = next()) read(next);
            done = calls.addAndGet(-done);
        } while (done > 0);
    }

    private synchronized @Nullable Read next() {
        if (running >= MAX_READS || waiting.isEmpty()) return null;
        running++;
        return waiting.remove();
    }

    private void read(Read read) {
        reads.increment();
        HistoryQuery query = new HistoryQuery(read.key.start, read.count, PAGE_BYTES);
        ask(read.topic, query)
                .thenApply(page -> Page.encode(read.key.topicId, page))
                .whenComplete((page, failure) -> settle(read, page, failure));
    }

    private void settle(Read read, @Nullable Page page, @Nullable Throwable failure) {
        synchronized (this) {
            running--;
            underWay.remove(read.key);
            if (page != null && page.bytes() > 0) keep(read.key, page);
        }
        if (page != null) {
            read.stage.complete(page);
        } else if (failure != null) {
            failures.increment();
            read.stage.completeExceptionally(BackplaneException.unwrap(failure));
        }
        proceed();
    }

    private CompletionStage<HistoryPage> ask(Topic topic, HistoryQuery query) {
        try {
            return backplane.read(topic, query);
        } catch (RuntimeException e) {
            // A defect of the backplane must not cost a place for good.
            return CompletableFuture.failedStage(e);
        }
    }

    private @Nullable Page kept(Key key) {
        Kept found = kept.get(key);
        return found == null || clock.nanoTime() - found.sinceNanos > MAX_KEPT_NANOS ? null : found.page;
    }

    private void keep(Key key, Page page) {
        Kept before = kept.remove(key);
        if (before != null) keptBytes -= before.page.bytes();
        long now = clock.nanoTime();
        kept.put(key, new Kept(page, now));
        keptBytes += page.bytes();
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            Kept first = oldest.next();
            if (keptBytes <= MAX_KEPT_BYTES && now - first.sinceNanos <= MAX_KEPT_NANOS) return;
            keptBytes -= first.page.bytes();
            oldest.remove();
        }
    }

    private record Key(int topicId, long epoch, HistoryQuery.Start start) {}

    private record Read(Topic topic, Key key, int count, CompletableFuture<Page> stage) {}

    private record Kept(Page page, long sinceNanos) {}
}
