package io.fanwire.bench.load;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Publishes to topics in turn, on backplanes themselves: no node and no client is in between. One thread. */
public final class BackplaneLoad {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<Backplane> backplanes;
    private final List<Topic> topics;
    private final byte[] body;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private long sent;

    /** @param backplanes that publish, in turn */
    public BackplaneLoad(List<Backplane> backplanes, List<Topic> topics, int bodyBytes) {
        this.backplanes = List.copyOf(backplanes);
        this.topics = List.copyOf(topics);
        this.body = new byte[bodyBytes];
    }

    /** Publishes evenly, and waits for the last answer. Returns how many it were. */
    public long paced(int perSecond, Duration time) {
        long count = perSecond * time.toMillis() / 1_000;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) LockSupport.parkNanos(this, due - System.nanoTime());
            publish(() -> {});
        }
        return settled(count);
    }

    /** Publishes as fast as it goes, with so many on their way at most. Returns how many it were. */
    public long flatOut(int inFlight, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return flatOut(inFlight, () -> System.nanoTime() < end);
    }

    /** The same, until it were so many. */
    public void count(long count, int inFlight) {
        long last = sent + count;
        long published = flatOut(inFlight, () -> sent < last);
        if (published != count) throw new IllegalStateException(published + " of " + count);
    }

    private long flatOut(int inFlight, BooleanSupplier goesOn) {
        long before = sent;
        Semaphore room = new Semaphore(inFlight);
        while (goesOn.getAsBoolean()) {
            room.acquireUninterruptibly();
            publish(room::release);
        }
        return settled(sent - before);
    }

    private long settled(long count) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (answered.get() < sent) {
            if (System.nanoTime() > end) throw new IllegalStateException(sent - answered.get() + " are not answered");
            LockSupport.parkNanos(this, 1_000_000);
        }
        if (failed.get() > 0) throw new IllegalStateException(failed.get() + " publications failed");
        return count;
    }

    private void publish(Runnable then) {
        Topic topic = topics.get((int) (sent % topics.size()));
        Backplane backplane = backplanes.get((int) (sent++ % backplanes.size()));
        backplane.publish(topic, new OutgoingPublication(body, "")).whenComplete((position, failure) -> {
            if (failure != null) failed.incrementAndGet();
            answered.incrementAndGet();
            then.run();
        });
    }
}
