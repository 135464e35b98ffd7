package io.fanwire.client;

import io.fanwire.protocol.v1.History;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A history query that its caller waits for. All but {@link #result} is owned by the loop. */
final class PendingHistory {
    final History query;
    final Backoff backoff;
    private final CompletableFuture<HistoryPage> result = new CompletableFuture<>();

    /** The id of its command while it is on its way, else 0. */
    long sentAs;
    /** The last refusal that may pass. */
    @Nullable
    FanwireException lastError;
    /** Ends the patience. */
    @Nullable
    Future<?> expiry;

    PendingHistory(History query, Backoff backoff) {
        this.query = query;
        this.backoff = backoff;
    }

    CompletionStage<HistoryPage> result() {
        return result;
    }

    void succeed(HistoryPage page) {
        if (expiry != null) expiry.cancel(false);
        result.complete(page);
    }

    void fail(FanwireException error) {
        if (expiry != null) expiry.cancel(false);
        result.completeExceptionally(error);
    }
}
