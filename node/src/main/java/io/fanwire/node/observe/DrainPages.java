package io.fanwire.node.observe;

import io.fanwire.node.drain.Drain;
import io.fanwire.node.drain.DrainState;
import java.util.Map;
import java.util.function.Supplier;

/** Lets operators drain a node that goes on running. Any thread. */
final class DrainPages {
    private final Drain drain;

    DrainPages(Drain drain) {
        this.drain = drain;
    }

    /** By method. */
    Map<String, Supplier<Page>> methods() {
        return Map.of("GET", () -> show(200), "POST", this::drain, "DELETE", this::resume);
    }

    private Page drain() {
        drain.drain();
        return show(202);
    }

    private Page resume() {
        drain.resume();
        return show(202);
    }

    private Page show(int status) {
        return Page.json(
                status,
                new Progress(
                        drain.state().toString(), drain.left(), drain.timeLeft().toMillis()));
    }

    /**
     * @param state of {@link DrainState}
     * @param connections still there; 0 unless it drains
     * @param cutInMs until whoever is left then is cut; 0 unless it drains
     */
    record Progress(String state, long connections, long cutInMs) {}
}
