package io.fanwire.bench.load;

import io.fanwire.bench.peer.Peer;
import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Subscribers of one server, spread over loops. Methods may be called from one thread at a time. */
public final class Crowd implements AutoCloseable {
    // Enough to keep a server busy, few enough for every accept queue.
    private static final int CONNECTING = 64;
    // Each local address has its own outgoing ports, of which one address has some 28,000.
    private static final int PER_ADDRESS = 10_000;
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration POLL = Duration.ofMillis(2);

    private final Peer peer;
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final List<ClientSocket> sockets = new ArrayList<>();
    private volatile Runnable onProgress = () -> {};
    private int joined;

    public Crowd(Peer peer, int loops) {
        this.peer = peer;
        for (int i = 0; i < loops; i++) {
            arrivals.add(new Arrivals(new ClientLoop(peer.name() + "-crowd-" + i), () -> onProgress.run()));
        }
    }

    /** Runs on a loop after each read that brought publications. */
    public void onProgress(Runnable task) {
        onProgress = task;
    }

    /** Connects and subscribes more clients to one topic each, and waits until all are. */
    public void join(int clients, IntFunction<String> topic, Duration patience) {
        joinAll(clients, each -> List.of(topic.apply(each)), patience);
    }

    /** Connects and subscribes more clients to any number of topics each, and waits until all are. */
    public void joinAll(int clients, IntFunction<List<String>> topics, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int base = joined;
        joined += clients;
        for (int i = 0; i < clients; i++) {
            int each = i;
            await(deadline, () -> base + each - settled() < CONNECTING);
            Arrivals mine = arrivals.get(i % arrivals.size());
            sockets.add(connect(mine, topics.apply(i), base + i));
        }
        await(deadline, () -> settled() >= joined);
        if (lost() > 0)
            throw new IllegalStateException(peer.name() + ": " + lost() + " of " + sockets.size()
                    + " subscribers were refused or lost, the last because: " + lastLoss());
    }

    public int size() {
        return sockets.size();
    }

    public List<ClientSocket> sockets() {
        return List.copyOf(sockets);
    }

    public long delivered() {
        return sum(Arrivals::count);
    }

    public long missed() {
        return sum(Arrivals::missed);
    }

    public long lost() {
        return sum(Arrivals::lostCount);
    }

    public String lastLoss() {
        return arrivals.stream()
                .map(Arrivals::lastLoss)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The latencies in nanoseconds that were recorded since the last call, or ever. */
    public Histogram takeLatencies() {
        Histogram all = null;
        for (Arrivals each : arrivals) {
            Histogram one = on(each.loop(), each::takeLatencies);
            if (all == null) all = one;
            else all.add(one);
        }
        if (all == null) throw new IllegalStateException("a crowd without loops");
        return all;
    }

    /** Drops all connections and ends the loops. */
    @Override
    public void close() {
        for (Arrivals each : arrivals) each.loop().close();
    }

    /** Drops the last connections to have come. */
    public void leave(int clients) {
        List<ClientSocket> leaving = sockets.subList(sockets.size() - clients, sockets.size());
        for (ClientSocket socket : leaving) socket.loop().execute(socket::abort);
        leaving.clear();
    }

    private ClientSocket connect(Arrivals mine, List<String> topics, int number) {
        return on(
                mine.loop(),
                () -> mine.loop()
                        .connect(
                                peer.address(),
                                peer.dialect().handshake("localhost"),
                                from(number),
                                peer.dialect().subscriber(topics, mine)));
    }

    private static @Nullable InetSocketAddress from(int number) {
        return number < PER_ADDRESS ? null : new InetSocketAddress("127.0.0." + (2 + number / PER_ADDRESS), 0);
    }

    private long settled() {
        return sum(Arrivals::subscribedCount) + lost();
    }

    private long sum(ToLongFunction<Arrivals> value) {
        return arrivals.stream().mapToLong(value).sum();
    }

    private void await(long deadline, java.util.function.BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            for (Arrivals each : arrivals) rethrow(each.loop().defect());
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(peer.name() + ": only " + sum(Arrivals::subscribedCount) + " of "
                        + sockets.size() + " clients got in, in time");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static void rethrow(@Nullable Throwable defect) {
        if (defect != null) throw new IllegalStateException("a client loop died", defect);
    }

    private static <T> T on(ClientLoop loop, java.util.function.Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        rethrow(loop.defect());
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
