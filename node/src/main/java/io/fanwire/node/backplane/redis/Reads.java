package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many reads of histories be under way, and a bounded number wait; more are {@link Kind#OVERLOADED}. Many
 * subscribers that come back at once can so not starve live traffic, nor fill this node's memory with pages. Thread-safe.
 */
final class Reads {
    private static final int AT_ONCE = 16;
    private static final int MAX_WAITING = 10_000;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean goesOn;

    <T> CompletionStage<T> read(Supplier<CompletionStage<T>> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        switch (place(() -> start(read, result))) {
            case START -> start(read, result);
            case FULL -> result.completeExceptionally(overloaded());
            case WAIT -> {}
        }
        return result;
    }

    synchronized int underWay() {
        return underWay;
    }

    private synchronized Place place(Runnable later) {
        if (underWay < AT_ONCE) {
            underWay++;
            return Place.START;
        }
        if (waiting.size() >= MAX_WAITING) return Place.FULL;
        waiting.add(later);
        return Place.WAIT;
    }

    private <T> void start(Supplier<CompletionStage<T>> read, CompletableFuture<T> result) {
        read.get().whenComplete((value, failure) -> {
            if (failure == null) result.complete(value);
            else result.completeExceptionally(BackplaneException.unwrap(failure));
            ended();
        });
    }

    /** One at a time goes on with those that wait: reads that fail at once would else call each other, ever deeper. */
    private void ended() {
        if (!mayGoOn()) return;
        for (Runnable next = next(); next != null; next = next()) next.run();
    }

    private synchronized boolean mayGoOn() {
        underWay--;
        boolean first = !goesOn;
        goesOn = true;
        return first;
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = underWay < AT_ONCE ? waiting.poll() : null;
        goesOn = next != null;
        if (goesOn) underWay++;
        return next;
    }

    private static BackplaneException overloaded() {
        return new BackplaneException(Kind.OVERLOADED, "too many reads of histories wait for Redis");
    }

    private enum Place {
        START,
        WAIT,
        FULL
    }
}
