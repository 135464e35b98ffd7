package io.fanwire.node.observe;

import io.fanwire.node.drain.Drain;
import io.fanwire.node.drain.DrainState;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets operators drain a node that goes on running. Any thread. */
final class DrainPages {
    private final Drain drain;

    DrainPages(Drain drain) {
        this.drain = drain;
    }

    /** By method. */
    Map<String, Supplier<Page>> methods() {
        return Map.of("GET", () -> show(200, drain.state()), "POST", this::drain, "DELETE", this::resume);
    }

    private Page drain() {
        return show(202, soon(drain.drain()));
    }

    private Page resume() {
        return show(202, soon(drain.resume()));
    }

    private Page show(int status, DrainState state) {
        return Page.json(
                status,
                new Progress(state.toString(), drain.left(), drain.timeLeft().toMillis()));
    }

    /** It only takes the drain's thread a moment; if it hangs, an operator has to see what is. */
    private DrainState soon(CompletionStage<DrainState> change) {
        return change.toCompletableFuture()
                .completeOnTimeout(drain.state(), 1, TimeUnit.SECONDS)
                .join();
    }

    /**
     * @param state of {@link DrainState}
     * @param connections still there; 0 unless it drains
     * @param cutInMs until whoever is left then is cut; 0 unless it drains
     */
    record Progress(String state, long connections, long cutInMs) {}
}
