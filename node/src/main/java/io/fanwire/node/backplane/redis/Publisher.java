package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to Redis, with at most so many publications, and bytes of them, waiting for its answer. One without an idempotency key is tried
 * once: a repetition could double it, or overtake. Thread-safe.
 */
final class Publisher {
    private static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(2);
    private static final byte[] WINDOW = Argument.number(IDEMPOTENCY_WINDOW.toMillis());

    private final CommandLink link;
    private final @Nullable Replication replication;
    private final RedisCalls calls;
    private final RedisKeys keys;
    private final RedisMetrics metrics;
    private final Duration topicTtl;
    private final Map<String, PublishTerms> terms = new ConcurrentHashMap<>();
    private final PublishesInFlight inFlight;

    /** @param replication for namespaces that want it; null if none does */
    Publisher(
            CommandLink link,
            @Nullable Replication replication,
            RedisCalls calls,
            RedisConfig config,
            RedisMetrics metrics) {
        this.link = link;
        this.replication = replication;
        this.calls = calls;
        this.metrics = metrics;
        keys = new RedisKeys(config.keyPrefix());
        topicTtl = config.topicTtl();
        inFlight = new PublishesInFlight(config.maxPublishesInFlight(), config.maxPublishBytesInFlight());
    }

    CompletionStage<Position> publish(Topic topic, Namespace namespace, OutgoingPublication publication) {
        Replication by = namespace.durability() == Durability.REPLICATED ? replication : null;
        CommandLink on = by == null ? link : by.link();
        boolean once = publication.idempotencyKey().isEmpty();
        if (!on.isReady() && once) return refused(RedisFailure.notConnected());
        int size = publication.body().length;
        if (!inFlight.enter(size)) return refused(overloaded());
        Supplier<CompletionStage<Position>> script = script(on, topic, terms(namespace), publication);
        CompletionStage<Position> stage = by == null ? call(once, script) : replicated(by, once, script);
        stage.whenComplete((position, failure) -> answered(size, failure));
        return stage;
    }

    private <T> CompletionStage<T> call(boolean once, Supplier<CompletionStage<T>> script) {
        return once ? calls.once(script) : calls.repeatable(script);
    }

    PublishesInFlight inFlight() {
        return inFlight;
    }

    /** The wait starts where the answer comes, and has a time limit of its own. */
    private CompletionStage<Position> replicated(
            Replication by, boolean once, Supplier<CompletionStage<Position>> script) {
        // Not flattened here: the time limit of the script is not that of the wait.
        CompletionStage<CompletionStage<Position>> written =
                call(once, () -> script.get().thenApply(by::confirmed));
        return written.thenCompose(confirmed -> confirmed);
    }

    private Supplier<CompletionStage<Position>> script(
            CommandLink on, Topic topic, PublishTerms terms, OutgoingPublication publication) {
        String[] names = keys(topic, terms, publication.idempotencyKey());
        byte[] channel = keys.channel(topic).getBytes(StandardCharsets.UTF_8);
        return () -> on.<byte[]>run(
                        RedisScript.PUBLISH,
                        names,
                        Argument.newEpoch(),
                        terms.ttl(),
                        channel,
                        publication.body(),
                        WINDOW,
                        terms.size(),
                        terms.age(),
                        terms.bytes())
                .thenApply(ChannelMessage::parsePosition);
    }

    private String[] keys(Topic topic, PublishTerms terms, String idempotencyKey) {
        List<String> names = new ArrayList<>(3);
        names.add(keys.position(topic));
        if (terms.history()) names.add(keys.stream(topic));
        if (!idempotencyKey.isEmpty()) names.add(keys.idempotency(topic, idempotencyKey));
        return names.toArray(String[]::new);
    }

    private PublishTerms terms(Namespace namespace) {
        return terms.computeIfAbsent(namespace.name(), name -> PublishTerms.of(namespace, topicTtl));
    }

    private void answered(int size, @Nullable Throwable failure) {
        inFlight.leave(size);
        if (failure == null) return;
        if (BackplaneException.unwrap(failure) instanceof BackplaneException e) metrics.publishFailed(e.kind());
    }

    private CompletionStage<Position> refused(BackplaneException why) {
        metrics.publishFailed(why.kind());
        return CompletableFuture.failedStage(why);
    }

    private static BackplaneException overloaded() {
        return new BackplaneException(Kind.OVERLOADED, "too many publications wait for Redis");
    }
}
