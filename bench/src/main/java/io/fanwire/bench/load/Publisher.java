package io.fanwire.bench.load;

import io.fanwire.bench.peer.Peer;
import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.MessageReader;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection that publishes, on a loop of its own, so that no crowd makes it late. */
public final class Publisher implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    // Servers limit the size of a message and the number of its commands.
    private static final int MESSAGE_BYTES = 32 * 1024;
    private static final int MESSAGE_COMMANDS = 500;

    private final Peer peer;
    private final List<String> topics;
    private final Payload payload;
    private final ClientLoop loop;
    private final ClientSocket socket;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private volatile long published;
    private volatile boolean stopped;
    private int nextTopic;
    private int commands;

    /** Connects. */
    public Publisher(Peer peer, List<String> topics, int payloadBytes) {
        this.peer = peer;
        this.topics = topics;
        this.payload = new Payload(payloadBytes);
        this.loop = new ClientLoop(peer.name() + "-publisher");
        CompletableFuture<Void> ready = new CompletableFuture<>();
        MessageReader reader = peer.dialect().publisher(() -> ready.complete(null));
        CompletableFuture<ClientSocket> opened = new CompletableFuture<>();
        loop.execute(() ->
                opened.complete(loop.connect(peer.address(), peer.dialect().handshake("localhost"), null, reader)));
        socket = opened.join();
        ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Publishes at a fixed rate, whatever comes of it: a late publication carries the time at which it was due. */
    public void keepRate(double perSecond) {
        long first = System.nanoTime();
        loop.execute(() -> tick(first, (long) (1e9 / perSecond)));
    }

    /** Publishes so many at once, over the topics in turn. Any thread. */
    public void burst(int publications) {
        loop.execute(() -> {
            long now = System.nanoTime();
            for (int i = 0; i < publications; i++) append(now);
            send();
        });
    }

    /** Ends a rate. */
    public void stop() {
        stopped = true;
    }

    public long published() {
        return published;
    }

    /** What ended the connection; null while all is well. */
    public @Nullable Throwable defect() {
        return loop.defect();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void tick(long due, long periodNanos) {
        if (stopped) return;
        long next = due;
        long now = System.nanoTime();
        for (; next - now <= 0; next += periodNanos) append(next);
        send();
        long wake = next;
        loop.at(wake, () -> tick(wake, periodNanos));
    }

    private void append(long due) {
        peer.dialect().appendPublish(message, topics.get(nextTopic), payload.at(due));
        nextTopic = (nextTopic + 1) % topics.size();
        published++;
        commands++;
        if (commands == MESSAGE_COMMANDS || message.size() > MESSAGE_BYTES) send();
    }

    private void send() {
        if (message.size() == 0) return;
        socket.send(message.toByteArray());
        message.reset();
        commands = 0;
    }
}
