package io.fanwire.bench.peer;

import io.fanwire.loadtest.measure.Latencies;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Redis without nodes: PUBLISH on one of Lettuce's connections, the message on another, one at a time. Methods may be
 * called from one thread at a time.
 */
public final class RedisRoundTrip implements AutoCloseable {
    private static final byte[] CHANNEL = "bench-round-trip".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_SECONDS = 60;

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> publishing;
    private final StatefulRedisPubSubConnection<byte[], byte[]> subscribing;
    private final byte[] payload;

    public RedisRoundTrip(String uri, int payloadBytes) {
        client = RedisClient.create(uri);
        publishing = client.connect(ByteArrayCodec.INSTANCE);
        subscribing = client.connectPubSub(ByteArrayCodec.INSTANCE);
        payload = new byte[Math.max(Long.BYTES, payloadBytes)];
        subscribing.sync().subscribe(CHANNEL);
    }

    /** Nanoseconds from before the publish to the listener's call, of so many messages. */
    public Histogram run(int messages) {
        Run run = new Run(messages);
        subscribing.addListener(run);
        publish();
        Histogram latencies =
                run.done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        subscribing.removeListener(run);
        return latencies;
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private void publish() {
        ByteBuffer.wrap(payload).putLong(0, System.nanoTime());
        publishing.async().publish(CHANNEL, payload);
    }

    /** Called on the connection's thread. */
    private final class Run extends RedisPubSubAdapter<byte[], byte[]> {
        private final CompletableFuture<Histogram> done = new CompletableFuture<>();
        private final Histogram latencies = Latencies.none();
        private final int messages;

        Run(int messages) {
            this.messages = messages;
        }

        @Override
        public void message(byte[] channel, byte[] message) {
            Latencies.record(
                    latencies, System.nanoTime() - ByteBuffer.wrap(message).getLong());
            if (latencies.getTotalCount() < messages) publish();
            else done.complete(latencies);
        }
    }
}
