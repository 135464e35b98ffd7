package io.fanwire.bench.scenario;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.backplane.redis.RedisBackplane;
import io.fanwire.node.backplane.redis.RedisConfig;
import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The connections of nodes to one Redis: some that publish, and some others that hear every topic. */
final class Listeners implements AutoCloseable {
    private static final TopicListener DEAF = new TopicListener() {
        @Override
        public void onPublication(Position position, byte[] body) {}

        @Override
        public void onGap(long epoch, long from, long to, Gap.Reason reason) {}
    };

    private final List<Backplane> all = new ArrayList<>();
    private final int publishers;

    Listeners(String uri, boolean history, int publishers, int count, List<Topic> topics) {
        this(RedisConfig.of(uri), history, publishers, count, topics);
    }

    Listeners(RedisConfig config, boolean history, int publishers, int count, List<Topic> topics) {
        this.publishers = publishers;
        Namespaces namespaces = Namespaces.of(namespace(history ? HistoryConfig.DEFAULT : HistoryConfig.NONE));
        for (int i = 0; i < publishers + count; i++) {
            all.add(RedisBackplane.connect(config, namespaces, new SimpleMeterRegistry()));
        }
        all.stream().skip(publishers).forEach(each -> subscribe(each, topics));
    }

    List<Backplane> publishers() {
        return all.subList(0, publishers);
    }

    @Override
    public void close() {
        all.forEach(Backplane::close);
    }

    private static void subscribe(Backplane backplane, List<Topic> topics) {
        CompletableFuture.allOf(topics.stream()
                        .map(topic -> backplane.subscribe(topic, DEAF))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static Namespace namespace(HistoryConfig history) {
        return new Namespace(
                Namespace.DEFAULT_NAME,
                history,
                true,
                FallBehind.GAP,
                Limits.MAX_PAYLOAD_BYTES,
                Durability.ACKNOWLEDGED);
    }
}
