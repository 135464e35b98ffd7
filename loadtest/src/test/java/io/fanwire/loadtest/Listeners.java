package io.fanwire.loadtest;

import static org.awaitility.Awaitility.await;

import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.loadtest.wire.MessageReader;
import io.fanwire.protocol.Limits;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Listeners of one node, and one connection that publishes, on one loop. */
final class Listeners implements AutoCloseable {
    // Few enough for every accept queue.
    private static final int CONNECTING = 100;

    private static final Duration POLL = Duration.ofMillis(5);

    private final ClientLoop loop = new ClientLoop("listeners");
    private final InetSocketAddress address;
    private final Listener publisher = new Listener(List.of());

    Listeners(URI node) {
        address = new InetSocketAddress("127.0.0.1", node.getPort());
        connect(publisher);
        await().until(publisher::isConnected);
    }

    /** Connects listeners, each with these topics, and waits until all are subscribed. */
    List<Listener> join(int count, IntFunction<List<String>> topics) {
        List<Listener> joined = IntStream.range(0, count)
                .mapToObj(i -> new Listener(topics.apply(i)))
                .toList();
        for (int i = 0; i < count; i += CONNECTING) {
            List<Listener> some = joined.subList(i, Math.min(count, i + CONNECTING));
            some.forEach(this::connect);
            await().pollInterval(POLL).until(() -> some.stream().allMatch(Listener::isSubscribed));
        }
        return joined;
    }

    void publish(String topic, byte[] payload) {
        loop.execute(() -> publisher.socket().send(Commands.publish(0, topic, payload)));
    }

    @Nullable
    Throwable defect() {
        return loop.defect();
    }

    /** Drops all connections without a word. */
    @Override
    public void close() {
        loop.close();
    }

    private void connect(MessageReader reader) {
        Handshake handshake = new Handshake("localhost", "/ws", Limits.SUBPROTOCOL_PROTOBUF);
        loop.execute(() -> loop.connect(address, handshake, null, reader));
    }
}
