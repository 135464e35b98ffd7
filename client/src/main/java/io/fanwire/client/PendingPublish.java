package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Publish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A publish that its caller waits for. Immutable but for the last error, which is owned by the loop. */
final class PendingPublish {
    final Publish publish;
    /** By {@link System#nanoTime}. */
    final long deadlineNanos;

    private final CompletableFuture<Position> result = new CompletableFuture<>();
    private final Runnable whenDone;

    /** The last refusal that may pass. */
    @Nullable
    FanwireException lastError;

    /** @param whenDone called once, before whoever is chained to the result */
    PendingPublish(Publish publish, long deadlineNanos, Runnable whenDone) {
        this.publish = publish;
        this.deadlineNanos = deadlineNanos;
        this.whenDone = whenDone;
    }

    CompletionStage<Position> result() {
        return result;
    }

    void succeed(Position position) {
        whenDone.run();
        result.complete(position);
    }

    void fail(FanwireException error) {
        whenDone.run();
        result.completeExceptionally(error);
    }
}
