package io.fanwire.node.session;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The sessions of a lane whose sockets have not taken all of a write, in the order in which these began. Each holds what
 * its socket can take in the kernel, which a container may be killed for: beyond a bound those that are longest at it have
 * to go. A client that reads at all soon stands at the end again. All state is owned by the lane; only {@link #size} may
 * be called from other threads.
 */
final class FullSockets {
    private final Set<Outbox> outboxes = new LinkedHashSet<>();
    private final Lane lane;
    private final int max;
    private boolean cutting;
    // What others see; only the lane writes it.
    private volatile int size;

    FullSockets(Lane lane, int max) {
        this.lane = lane;
        this.max = max;
    }

    void add(Outbox outbox) {
        outboxes.add(outbox);
        size = outboxes.size();
        if (outboxes.size() <= max || cutting) return;
        cutting = true;
        // Not here: a fan-out may be under way, which must not lose subscribers while it goes over them.
        lane.loop().later(this::cut);
    }

    void remove(Outbox outbox) {
        outboxes.remove(outbox);
        size = outboxes.size();
    }

    /** How many there are now. Any thread. */
    int size() {
        return size;
    }

    private void cut() {
        cutting = false;
        while (outboxes.size() > max) {
            Outbox first = outboxes.iterator().next();
            remove(first);
            first.giveUp();
        }
    }
}
