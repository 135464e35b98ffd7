package io.fanwire.node;

import java.util.concurrent.CompletableFuture;

/** How a process is asked to stop: once to let its clients go in peace, once more to hurry. Any thread. */
final class Stop {
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> urgent = new CompletableFuture<>();

    void ask() {
        if (!asked.complete(null)) urgent.complete(null);
    }

    void hurry() {
        asked.complete(null);
        urgent.complete(null);
    }

    boolean isAsked() {
        return asked.isDone();
    }

    /** Runs it when it is asked for, or now; on the asker's thread, so it must not block. */
    void onAsked(Runnable action) {
        asked.thenRun(action);
    }

    /** The same for being in a hurry. */
    void onUrgent(Runnable action) {
        urgent.thenRun(action);
    }

    /** Waits until it is asked for. */
    void await() {
        asked.join();
    }
}
