package io.fanwire.k8s.container;

import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.protocol.Limits;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients on one loop, that read or don't. Any thread may ask; the sockets belong to the loop. */
final class Crowd implements AutoCloseable {
    private static final int RECEIVE_BYTES = 16 << 10;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ClientLoop loop = new ClientLoop("fanwire-crowd");
    private final InetSocketAddress address;
    private final Handshake handshake;
    private final Set<ClientSocket> open = new HashSet<>();
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final Map<String, Integer> ends = new ConcurrentHashMap<>();

    Crowd(InetSocketAddress address) {
        this.address = address;
        handshake = new Handshake("node", "/ws", Limits.SUBPROTOCOL_PROTOBUF);
        loop.execute(this::beat);
    }

    /** Begins to let them come, a thousand a second. */
    void come(int count, List<String> topics, boolean reads) {
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long at = now + i * PACE_NANOS;
            loop.execute(() -> loop.at(
                    at, () -> loop.connect(address, handshake, RECEIVE_BYTES, new Reader(this, topics, reads))));
        }
    }

    /** By one of them, without waiting for an answer. */
    void publish(String topic, byte[] payload) {
        loop.execute(() -> open.stream().findFirst().ifPresent(each -> each.send(Commands.publish(0, topic, payload))));
    }

    void leave() {
        loop.execute(() -> {
            open.forEach(ClientSocket::abort);
            open.clear();
            present.set(0);
        });
    }

    /** Who was let in or refused. */
    int settled() {
        return settled.get();
    }

    /** Subscriptions that a node has confirmed, to who reads that. */
    int subscribed() {
        return subscribed.get();
    }

    int present() {
        return present.get();
    }

    /** Publications. */
    long received() {
        return received.get();
    }

    /** Why connections were refused or ended: the first line of the answer, or the close code. */
    Map<String, Integer> ends() {
        return Map.copyOf(ends);
    }

    @Override
    public void close() {
        loop.close();
    }

    void let(ClientSocket socket) {
        settled.incrementAndGet();
        present.incrementAndGet();
        open.add(socket);
    }

    void lost(ClientSocket socket, String why) {
        if (open.remove(socket)) present.decrementAndGet();
        else settled.incrementAndGet();
        ends.merge(why, 1, Integer::sum);
    }

    void hasSubscribed() {
        subscribed.incrementAndGet();
    }

    void read() {
        received.incrementAndGet();
    }

    private void beat() {
        List.copyOf(open).forEach(each -> each.send(Commands.heartbeat()));
        loop.at(System.nanoTime() + BEAT_NANOS, this::beat);
    }
}
