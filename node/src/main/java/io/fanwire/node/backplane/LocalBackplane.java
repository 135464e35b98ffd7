package io.fanwire.node.backplane;

import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A backplane for one node: publications stay in the process. One thread owns the topics, calls the listeners and
 * completes the stages; other threads only hand it work, at most {@value #MAX_CALLS_WAITING} calls at a time, more are
 * {@link Kind#OVERLOADED}.
 */
public final class LocalBackplane implements Backplane {
    private static final int MAX_CALLS_WAITING = 10_000;
    private static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(2);
    private static final int MAX_IDEMPOTENCY_KEYS = 100_000;
    private static final int MAX_IDLE_TOPICS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(MAX_CALLS_WAITING);
    private final ExecutorService owner = Executors.newSingleThreadExecutor(LocalBackplane::thread);
    private final LocalTopics topics;
    private final IdempotencyWindow window;
    private volatile boolean closed;

    public LocalBackplane(Namespaces namespaces) {
        this(namespaces, InstantSource.system(), MAX_IDLE_TOPICS, MAX_IDEMPOTENCY_KEYS, heapShare());
    }

    LocalBackplane(
            Namespaces namespaces,
            InstantSource time,
            int maxIdleTopics,
            int maxIdempotencyKeys,
            long maxHistoryBytes) {
        topics = new LocalTopics(namespaces, time, maxIdleTopics, maxHistoryBytes);
        window = new IdempotencyWindow(time, IDEMPOTENCY_WINDOW, maxIdempotencyKeys);
    }

    /** What all histories together may have: as much as all topic logs by default. */
    private static long heapShare() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return call(() -> {
            String key = publication.idempotencyKey();
            if (key.isEmpty()) return append(topic, publication);
            return window.once(topic, key, () -> append(topic, publication));
        });
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        return call(() -> topics.subscribe(topic, listener));
    }

    @Override
    public void unsubscribe(Topic topic) {
        try {
            owner.execute(() -> topics.unsubscribe(topic));
        } catch (RejectedExecutionException e) {
            // Closed: every subscription has ended already.
            return;
        }
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return call(() -> topics.read(topic, query));
    }

    @Override
    public BackplaneState state() {
        return closed ? BackplaneState.DOWN : BackplaneState.UP;
    }

    /** What waits fails; a listener that is being called gets five seconds to return. */
    @Override
    public void close() {
        closed = true;
        owner.shutdown();
        try {
            owner.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        owner.shutdownNow().forEach(Runnable::run);
    }

    private Position append(Topic topic, OutgoingPublication publication) {
        // The listener owns what it gets, and the publisher may still hold the original.
        return topics.append(topic, publication.body().clone());
    }

    private <T> CompletionStage<T> call(Supplier<T> work) {
        if (!places.tryAcquire()) return CompletableFuture.failedStage(overloaded());
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            owner.execute(() -> carryOut(work, stage));
        } catch (RejectedExecutionException e) {
            places.release();
            return CompletableFuture.failedStage(closed());
        }
        return stage;
    }

    private <T> void carryOut(Supplier<T> work, CompletableFuture<T> stage) {
        places.release();
        try {
            if (closed) throw closed();
            stage.complete(work.get());
        } catch (BackplaneException e) {
            stage.completeExceptionally(e);
        } catch (RuntimeException e) {
            stage.completeExceptionally(new BackplaneException(Kind.FAILED, e.toString()));
        }
    }

    private static BackplaneException closed() {
        return new BackplaneException(Kind.UNAVAILABLE, "the backplane is closed");
    }

    private static BackplaneException overloaded() {
        return new BackplaneException(Kind.OVERLOADED, "too many calls are waiting");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "backplane-local");
        thread.setDaemon(true);
        return thread;
    }
}
