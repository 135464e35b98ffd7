package io.fanwire.loadtest.chaos;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Readiness as a kubelet sees it: one good answer is enough, and only several bad ones in a row take it away. Run by one
 * thread at a time; {@link #isReady} may be called by any.
 */
final class Probe implements Runnable {
    private final int threshold;
    private final BooleanSupplier answer;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private int failures;
    private volatile boolean ready;

    /** @param answer whether the node says that it is ready; may block */
    Probe(int threshold, BooleanSupplier answer) {
        this.threshold = threshold;
        this.answer = answer;
    }

    @Override
    public void run() {
        if (answer.getAsBoolean()) succeed();
        else if (++failures >= threshold) ready = false;
    }

    boolean isReady() {
        return ready;
    }

    /** Completes when it is for the first time. */
    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    private void succeed() {
        failures = 0;
        ready = true;
        firstReady.complete(null);
    }
}
