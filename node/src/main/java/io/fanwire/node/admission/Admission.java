package io.fanwire.node.admission;

import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.rate.Rate;
import io.fanwire.node.rate.SharedRateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in, in two steps: a TCP connection is given a {@link Place} or dropped, and its handshake is
 * accepted or refused with a reason. Counts only; it does no I/O. Any thread.
 */
public final class Admission {
    // So many unfinished handshakes an address may always have: those that are being refused are among them.
    private static final int LEAST_PENDING = 10;

    // Of handshakes.
    private static final Duration BURST = Duration.ofSeconds(1);

    private final AdmissionStats stats = new AdmissionStats();
    private final int maxSockets;
    private final int maxConnections;
    private final int maxPending;
    private final boolean peersAreClients;
    private final Waiting waiting = new Waiting();
    private final AddressCounts pendingOf;
    private final AddressCounts connectionsOf;
    private final @Nullable SharedRateLimit rate;
    private final NanoClock clock;
    private final BooleanSupplier overloaded;
    private volatile boolean draining;

    /** @param overloaded whether the node has as much to do as it can; asked at every handshake */
    public Admission(AdmissionConfig config, ContainerMemory memory, BooleanSupplier overloaded) {
        this(config, OpenFiles.now(), memory.forConnections(), overloaded, NanoClock.SYSTEM);
    }

    /** @param room for connections, in memory */
    Admission(AdmissionConfig config, OpenFiles files, int room, BooleanSupplier overloaded, NanoClock clock) {
        maxSockets = files.forSockets();
        int most = files.forConnections();
        maxConnections = config.maxConnections() == 0 ? Math.min(most, room) : Math.min(config.maxConnections(), most);
        maxPending = config.maxPendingHandshakes();
        peersAreClients = config.addressFrom() == AddressSource.NONE;
        int perAddress = config.maxConnectionsPerAddress();
        pendingOf = new AddressCounts(perAddress == 0 ? 0 : Math.max(perAddress, LEAST_PENDING));
        connectionsOf = new AddressCounts(perAddress);
        rate = limit(config.handshakeRate(), clock.nanoTime());
        this.clock = clock;
        this.overloaded = overloaded;
    }

    /** While a node drains, it refuses every handshake. */
    public void drain(boolean draining) {
        this.draining = draining;
    }

    /**
     * A TCP connection was accepted. Where too many have not finished their handshake, the oldest of them makes room for
     * it: who means it needs some milliseconds for that, however many come that never finish.
     *
     * @return its place; empty if it is to be closed at once, which is counted
     */
    public Optional<Place> arrive(String peer) {
        // Behind a proxy all have the proxy's address, and who they are is known later.
        String counted = peersAreClients ? peer : null;
        Drop drop = claim(counted);
        if (drop != null) {
            drop(drop);
            return Optional.empty();
        }
        Place place = new Place(this, counted);
        waiting.add(place);
        return Optional.of(place);
    }

    /** A connection is closed without an answer. */
    public void drop(Drop reason) {
        stats.dropped(reason);
    }

    /** The system did not give the node a connection that was there. */
    public void acceptFailed() {
        stats.acceptFailed();
    }

    public AdmissionStats stats() {
        return stats;
    }

    /** Whether anybody may come in at present. */
    public boolean isOpen() {
        return !draining && !overloaded.getAsBoolean() && stats.connections() < maxConnections;
    }

    /** The most connections that it lets in. */
    public int maxConnections() {
        return maxConnections;
    }

    Verdict decide(String address) {
        Refusal refusal = refusal(address);
        if (refusal == null) {
            stats.accepted();
            return Verdict.ACCEPTED;
        }
        stats.refused(refusal);
        return Verdict.refused(refusal);
    }

    void refused(Refusal reason) {
        stats.refused(reason);
    }

    void notPending() {
        stats.pending.decrementAndGet();
    }

    void notWaiting(Place place) {
        waiting.remove(place);
    }

    void notPendingOf(@Nullable String peer) {
        if (peer != null) pendingOf.give(peer);
    }

    void left(String address) {
        stats.connections.decrementAndGet();
        connectionsOf.give(address);
    }

    void gone() {
        stats.sockets.decrementAndGet();
    }

    /** Addresses with anything counted for them. */
    int addresses() {
        return pendingOf.addresses() + connectionsOf.addresses();
    }

    /** Places that may have to make room. */
    int waiting() {
        return waiting.size();
    }

    private @Nullable Drop claim(@Nullable String peer) {
        if (!take(stats.sockets, maxSockets)) return Drop.FILES_FULL;
        if (peer != null && !pendingOf.take(peer)) {
            gone();
            return Drop.ADDRESS_FULL;
        }
        // The last: nobody makes room for one that is turned away.
        if (takePending()) return null;
        notPendingOf(peer);
        gone();
        return Drop.PENDING_FULL;
    }

    private boolean takePending() {
        while (!take(stats.pending, maxPending)) {
            Place oldest = waiting.takeOldest();
            // All are let in, and have only to hear of it.
            if (oldest == null) return false;
            oldest.makeRoom();
        }
        return true;
    }

    private @Nullable Refusal refusal(String address) {
        if (draining) return Refusal.DRAINING;
        if (overloaded.getAsBoolean()) return Refusal.OVERLOADED;
        if (!take(stats.connections, maxConnections)) return Refusal.NODE_FULL;
        if (!connectionsOf.take(address)) {
            stats.connections.decrementAndGet();
            return Refusal.ADDRESS_FULL;
        }
        // The last, so that an address that has too many does not use up what the others may.
        if (rate == null || rate.take(clock.nanoTime()) == 0) return null;
        left(address);
        return Refusal.TOO_MANY_HANDSHAKES;
    }

    private static @Nullable SharedRateLimit limit(int perSecond, long now) {
        return perSecond == 0 ? null : new SharedRateLimit(Rate.perSecond(perSecond, BURST), now);
    }

    private static boolean take(AtomicInteger count, int max) {
        if (count.incrementAndGet() <= max) return true;
        count.decrementAndGet();
        return false;
    }
}
