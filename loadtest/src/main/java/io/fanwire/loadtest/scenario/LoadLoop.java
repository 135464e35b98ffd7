package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.wire.ClientLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thread of clients and what they count. Methods may be called from any thread. */
final class LoadLoop implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final ClientLoop loop;
    private final Tally tally = new Tally();

    LoadLoop(String name) {
        loop = new ClientLoop(name);
    }

    ClientLoop loop() {
        return loop;
    }

    Tally tally() {
        return tally;
    }

    Thread thread() {
        return loop.thread();
    }

    Second take(int at) {
        return on(() -> tally.take(at));
    }

    Tally.Totals totals() {
        return on(tally::totals);
    }

    /** Runs it on the loop, and waits for the result. */
    <T> T on(Supplier<T> task) {
        requireSound();
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            try {
                return result.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                requireSound();
            } catch (ExecutionException e) {
                throw ScenarioException.of(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ScenarioException("interrupted", e);
            }
        }
        throw new ScenarioException(Fault.TOOL, thread().getName() + " has been busy for " + PATIENCE_SECONDS + " s");
    }

    /** @throws ScenarioException if the loop died of a defect of this tool, or of something no node may send */
    void requireSound() {
        @Nullable Throwable defect = loop.defect();
        if (defect != null) throw new ScenarioException(Fault.TOOL, "a thread of clients died: " + defect, defect);
    }

    @Override
    public void close() {
        loop.close();
    }
}
