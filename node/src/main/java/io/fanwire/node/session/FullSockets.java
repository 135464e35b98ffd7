package io.fanwire.node.session;

import io.fanwire.node.lane.Timer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The sessions of a lane whose sockets have not taken all of a write, in the order in which these began. Each holds what
 * its socket can take in the kernel, which a container may be killed for: beyond a bound, and where it matters, those that
 * are longest at it have to go. A client that reads at all soon stands at the end again. All state is owned by the lane;
 * only {@link #size} may be called from other threads.
 */
final class FullSockets {
    // A fan-out writes some 10 MB meanwhile, and to look takes some 20 µs.
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    // Memory may become scarce by what is not here.
    private static final long AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final Set<Outbox> outboxes = new LinkedHashSet<>();
    private final Timer again = Timer.of(this::look);
    private final Lane lane;
    private final FullSocketsBound bound;
    private boolean looking;
    private long lookedAt;
    // What others see; only the lane writes it.
    private volatile int size;

    FullSockets(Lane lane, FullSocketsBound bound) {
        this.lane = lane;
        this.bound = bound;
        this.lookedAt = lane.loop().now() - PAUSE_NANOS;
    }

    void add(Outbox outbox) {
        outboxes.add(outbox);
        size = outboxes.size();
        if (size <= bound.max() || looking || lane.loop().now() - lookedAt < PAUSE_NANOS) return;
        looking = true;
        // Not here: a fan-out may be under way, which must not lose subscribers while it goes over them.
        lane.loop().later(this::look);
    }

    void remove(Outbox outbox) {
        outboxes.remove(outbox);
        size = outboxes.size();
    }

    /** How many there are now. Any thread. */
    int size() {
        return size;
    }

    private void look() {
        looking = false;
        again.cancel();
        if (outboxes.size() <= bound.max()) return;
        if (bound.matters().getAsBoolean()) {
            cut();
            return;
        }
        lookedAt = lane.loop().now();
        lane.loop().schedule(again, AGAIN_NANOS);
    }

    private void cut() {
        while (outboxes.size() > bound.max()) {
            Outbox first = outboxes.iterator().next();
            remove(first);
            first.giveUp();
        }
    }
}
