package io.fanwire.bench.load;

import io.fanwire.bench.peer.Peer;
import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.MessageReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Clients that connect, subscribe and go, on a loop of their own. Methods may be called from one thread at a time;
 * everything private belongs to the loop.
 */
public final class Handshakes implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    // A closed connection holds its port for a minute: more than one address' ports are needed.
    private static final int ADDRESSES = 16;
    private static final int FIRST_ADDRESS = 10;

    private final Peer peer;
    private final List<String> topics;
    private final ClientLoop loop;
    private final Arrivals arrivals;
    private volatile boolean stopped;
    private Run run = new Run(0);

    public Handshakes(Peer peer, String topic) {
        this.peer = peer;
        this.topics = List.of(topic);
        this.loop = new ClientLoop(peer.name() + "-handshakes");
        this.arrivals = new Arrivals(loop, () -> {});
    }

    /** Does so many, with so many of them at a time. Returns the nanoseconds that each took. */
    public Histogram run(int count, int parallel) {
        Run fresh = new Run(count);
        loop.execute(() -> {
            run = fresh;
            for (int i = 0; i < Math.min(count, parallel); i++) begin();
        });
        return fresh.done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Begins one after the other at a fixed rate, until so many are done. */
    public Histogram run(int count, double perSecond) {
        Run fresh = new Run(count);
        long first = System.nanoTime();
        loop.execute(() -> {
            run = fresh;
            fresh.chained = false;
            tick(first, (long) (1e9 / perSecond));
        });
        return fresh.done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stopped = true;
        loop.close();
    }

    private void tick(long due, long periodNanos) {
        long next = due;
        for (; next - System.nanoTime() <= 0 && run.begun < run.count; next += periodNanos) begin();
        if (stopped || run.begun == run.count) return;
        long wake = next;
        loop.at(wake, () -> tick(wake, periodNanos));
    }

    private void begin() {
        InetSocketAddress from = new InetSocketAddress("127.0.0." + (FIRST_ADDRESS + run.begun % ADDRESSES), 0);
        run.begun++;
        MessageReader reader = peer.dialect().subscriber(topics, arrivals);
        loop.connect(peer.address(), peer.dialect().handshake("localhost"), from, new Visitor(reader));
    }

    /** Some handshakes, and where they stand. */
    private static final class Run {
        private final CompletableFuture<Histogram> done = new CompletableFuture<>();
        private final Histogram times = Latencies.none();
        private final int count;
        private boolean chained = true;
        private int begun;

        Run(int count) {
            this.count = count;
        }
    }

    /** Leaves as soon as it is subscribed. */
    private final class Visitor implements MessageReader {
        private final long began = System.nanoTime();
        private final MessageReader reader;
        private ClientSocket socket;

        @SuppressWarnings("NullAway.Init") // opened before anything is read
        Visitor(MessageReader reader) {
            this.reader = reader;
        }

        @Override
        public void onOpen(ClientSocket opened) {
            socket = opened;
            reader.onOpen(opened);
        }

        @Override
        public int read(ByteBuffer bytes, int from, int to) {
            int before = arrivals.subscribedCount();
            int read = reader.read(bytes, from, to);
            if (arrivals.subscribedCount() > before) leave();
            return read;
        }

        @Override
        public void onClosed(ClientSocket closed, String why) {
            run.done.completeExceptionally(new IllegalStateException("a handshake failed: " + why));
        }

        private void leave() {
            Latencies.record(run.times, System.nanoTime() - began);
            socket.abort();
            if (run.times.getTotalCount() == run.count) run.done.complete(run.times);
            else if (run.chained && run.begun < run.count) begin();
        }
    }
}
