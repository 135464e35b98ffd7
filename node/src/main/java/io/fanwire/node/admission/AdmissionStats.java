package io.fanwire.node.admission;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What became of those who came. Any thread. */
public final class AdmissionStats {
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
    private final Map<Drop, LongAdder> dropped = new EnumMap<>(Drop.class);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder acceptFailures = new LongAdder();
    final AtomicInteger sockets = new AtomicInteger();
    final AtomicInteger pending = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();

    AdmissionStats() {
        for (Refusal each : Refusal.values()) refused.put(each, new LongAdder());
        for (Drop each : Drop.values()) dropped.put(each, new LongAdder());
    }

    /** TCP connections of clients, in whatever state. */
    public int sockets() {
        return sockets.get();
    }

    /** Of these, those that have not finished their handshake. */
    public int pending() {
        return pending.get();
    }

    /** Of these, those that were let in. */
    public int connections() {
        return connections.get();
    }

    public long acceptedTotal() {
        return accepted.sum();
    }

    public long refusedTotal(Refusal reason) {
        return of(refused, reason).sum();
    }

    public long droppedTotal(Drop reason) {
        return of(dropped, reason).sum();
    }

    /** Times that the system did not give the node a connection that was there. */
    public long acceptFailuresTotal() {
        return acceptFailures.sum();
    }

    void accepted() {
        accepted.increment();
    }

    void refused(Refusal reason) {
        of(refused, reason).increment();
    }

    void dropped(Drop reason) {
        of(dropped, reason).increment();
    }

    void acceptFailed() {
        acceptFailures.increment();
    }

    private static <K extends Enum<K>> LongAdder of(Map<K, LongAdder> counts, K key) {
        LongAdder count = counts.get(key);
        if (count == null) throw new AssertionError(key);
        return count;
    }
}
