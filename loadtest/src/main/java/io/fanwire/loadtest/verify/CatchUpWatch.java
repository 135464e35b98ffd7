package io.fanwire.loadtest.verify;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.scenario.CatchUps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks a hundred times a second, on a thread of its own, who still has to catch up, as long as somebody has. */
final class CatchUpWatch implements CatchUps, AutoCloseable {
    private static final long LOOK_MILLIS = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<SubscriberBook> subscribers;
    private final List<Watched> all = new ArrayList<>();
    private boolean looking;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "verify-catch-up");
        thread.setDaemon(true);
        return thread;
    });

    /** @param subscribers all of them by the time of the first {@link #watch} */
    CatchUpWatch(List<SubscriberBook> subscribers) {
        this.subscribers = subscribers;
    }

    @Override
    public synchronized void watch(double at, String fault) {
        all.add(new Watched(at, fault, subscribers));
        if (!looking) look();
    }

    @Override
    public synchronized List<Recovery> recoveries() {
        all.forEach(Watched::look);
        return all.stream().map(Watched::recovery).toList();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private synchronized void look() {
        all.forEach(Watched::look);
        looking = !looks.isShutdown() && !all.stream().allMatch(Watched::isOver);
        if (looking) looks.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One fault; who is left has not caught up. */
    private static final class Watched {
        private final double at;
        private final String fault;
        private final long startNanos = WallClock.nanos();
        private final List<Due> left = new ArrayList<>();
        private @Nullable Double seconds;

        Watched(double at, String fault, List<SubscriberBook> subscribers) {
            this.at = at;
            this.fault = fault;
            subscribers.forEach(each -> left.add(new Due(each, each.newest())));
        }

        void look() {
            if (isOver()) return;
            left.removeIf(Due::isThere);
            if (left.isEmpty()) seconds = (WallClock.nanos() - startNanos) / NANOS_PER_SECOND;
        }

        boolean isOver() {
            return seconds != null;
        }

        Recovery recovery() {
            return new Recovery(at, fault, seconds);
        }
    }

    /** What somebody has to get. */
    private record Due(SubscriberBook subscriber, @Nullable Newest newest) {
        boolean isThere() {
            return subscriber.hasReached(newest);
        }
    }
}
