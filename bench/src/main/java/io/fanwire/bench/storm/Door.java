package io.fanwire.bench.storm;

import io.fanwire.node.rate.Rate;
import io.fanwire.node.rate.SharedRateLimit;
import java.time.Duration;

/**
 * Where clients wait to come in to one node: so many at most, served in their order by the CPU that there is for it, and
 * let in at the rate of the node's own limit. One thread.
 */
final class Door {
    static final int NOBODY = -1;
    private static final Duration BURST = Duration.ofSeconds(1);

    private final DoorConfig config;
    private final SharedRateLimit rate;
    private final int[] waiting;
    private int head;
    private int size;
    private double credit;

    Door(DoorConfig config, long now) {
        this.config = config;
        this.rate = new SharedRateLimit(Rate.perSecond(config.handshakeRate(), BURST), now);
        this.waiting = new int[config.pending()];
    }

    int size() {
        return size;
    }

    /** @return who has to make room for this one: the one that has waited the longest; {@link #NOBODY} if there is room */
    int arrive(int client) {
        int pushedOut = size == waiting.length ? poll() : NOBODY;
        waiting[(head + size) % waiting.length] = client;
        size++;
        return pushedOut;
    }

    /** A millisecond passes, and brings its CPU; what nobody needed before is gone. */
    void tick() {
        credit = Math.min(credit, 0) + config.cores();
    }

    /** The next that there is CPU for; {@link #NOBODY} if there is none, or no more CPU in this millisecond. */
    int next() {
        return size == 0 || credit <= 0 ? NOBODY : poll();
    }

    /** Whether the node lets it in; either costs. */
    boolean admits(long nowNanos) {
        boolean admitted = rate.take(nowNanos) == 0;
        credit -= admitted ? config.acceptMillis() : config.refuseMillis();
        return admitted;
    }

    /** A refusal that is no question of the rate. */
    void refuse() {
        credit -= config.refuseMillis();
    }

    private int poll() {
        int client = waiting[head];
        head = (head + 1) % waiting.length;
        size--;
        return client;
    }
}
