package io.fanwire.node.cluster;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.Member;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.lane.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes how this one is, again and again, and keeps what they say. One report is under way at a time, so
 * that none comes after a newer one, or after the goodbye. All state is owned by the loop; every public method may be
 * called from any thread.
 */
public final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final NanoClock clock;
    private final ClusterConfig config;
    private final Backplane backplane;
    private final Supplier<Member> self;
    private final Consumer<ClusterView> onReport;
    private final RandomGenerator random;
    private final Timer timer = Timer.of(this::report);
    private final AtomicLong failures = new AtomicLong();
    private boolean started;
    private boolean closed;
    private boolean underWay;
    private boolean again;
    private @Nullable CompletableFuture<Void> goodbye;
    private volatile @Nullable ClusterView last;

    /**
     * @param clock the loop's
     * @param self how this node is; called on the loop
     * @param onReport hears each new view, on the loop
     */
    public Membership(
            EventLoop loop,
            NanoClock clock,
            ClusterConfig config,
            Backplane backplane,
            Supplier<Member> self,
            Consumer<ClusterView> onReport,
            RandomGenerator random) {
        this.loop = loop;
        this.clock = clock;
        this.config = config;
        this.backplane = backplane;
        this.self = self;
        this.onReport = onReport;
        this.random = random;
    }

    public void start() {
        loop.execute(() -> {
            started = true;
            report();
        });
    }

    /** Tells the others now, rather than with the next report, since something has changed. Nothing before the start. */
    public void tellNow() {
        loop.execute(() -> {
            if (started) report();
        });
    }

    /** What was heard last, however long ago; null if nothing was yet. */
    public @Nullable ClusterView last() {
        return last;
    }

    /** How old that is; zero if there is nothing. */
    public Duration age() {
        ClusterView view = last;
        return view == null ? Duration.ZERO : Duration.ofNanos(clock.nanoTime() - view.heardAt());
    }

    /** Whether it still says how things are: members whose lease has run out since may be gone. */
    public boolean isCurrent() {
        return last != null && age().compareTo(config.lease()) < 0;
    }

    /** Reports that failed, since the start. */
    public long failuresTotal() {
        return failures.get();
    }

    /** Leaves the cluster, if it ever came, so that the others need not wait for the lease; takes a second at most. */
    @Override
    public void close() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        loop.execute(() -> leave(left));
        try {
            left.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the cluster was not told: the lease will run out", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave(CompletableFuture<Void> left) {
        timer.cancel();
        boolean wasIn = started && !closed;
        closed = true;
        if (!wasIn) {
            left.complete(null);
        } else if (underWay) {
            goodbye = left;
        } else {
            sayGoodbye(left);
        }
    }

    private void sayGoodbye(CompletableFuture<Void> left) {
        announce(Duration.ZERO).whenComplete((members, failure) -> left.complete(null));
    }

    // The next one is set when this one is answered, which is always in time: they don't pile up.
    private void report() {
        if (closed) return;
        again = underWay;
        if (underWay) return;
        underWay = true;
        timer.cancel();
        announce(config.lease()).whenComplete((members, failure) -> loop.execute(() -> heard(members, failure)));
    }

    private CompletionStage<List<Member>> announce(Duration lease) {
        try {
            return backplane.announce(self.get(), lease);
        } catch (RuntimeException e) {
            // A node that says nothing any more is forgotten, so this must not be the last report.
            return CompletableFuture.failedStage(e);
        }
    }

    private void heard(@Nullable List<Member> members, @Nullable Throwable failure) {
        underWay = false;
        if (goodbye != null) sayGoodbye(goodbye);
        if (closed) return;
        if (again) {
            report();
        } else {
            loop.schedule(timer, (long) (config.reportInterval().toNanos() * random.nextDouble(0.9, 1.1)));
        }
        if (members == null) {
            failures.incrementAndGet();
            LOG.debug("the cluster was not heard", failure);
        } else {
            keep(members);
        }
    }

    private void keep(List<Member> members) {
        List<Member> sorted =
                members.stream().sorted(Comparator.comparing(Member::nodeId)).toList();
        ClusterView view = new ClusterView(sorted, clock.nanoTime());
        last = view;
        onReport.accept(view);
    }
}
