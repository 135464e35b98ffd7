package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to Redis, with at most so many publications waiting for its answer. One without an idempotency key is tried
 * once: a repetition could double it, or overtake. Thread-safe.
 */
final class Publisher {
    private static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(2);
    private static final byte[] WINDOW = Argument.number(IDEMPOTENCY_WINDOW.toMillis());

    private final CommandLink link;
    private final RedisCalls calls;
    private final RedisKeys keys;
    private final RedisMetrics metrics;
    private final byte[] topicTtl;
    private final int maxInFlight;
    private final Semaphore places;

    Publisher(CommandLink link, RedisCalls calls, RedisConfig config, RedisMetrics metrics) {
        this.link = link;
        this.calls = calls;
        this.metrics = metrics;
        keys = new RedisKeys(config.keyPrefix());
        topicTtl = Argument.number(config.topicTtl().toMillis());
        maxInFlight = config.maxPublishesInFlight();
        places = new Semaphore(maxInFlight);
    }

    CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        if (!link.isReady() && publication.idempotencyKey().isEmpty()) return refused(CommandLink.notConnected());
        if (!places.tryAcquire()) return refused(overloaded());
        CompletionStage<Position> stage = publication.idempotencyKey().isEmpty()
                ? calls.once(script(topic, publication, keys.position(topic)))
                : calls.repeatable(script(
                        topic,
                        publication,
                        keys.position(topic),
                        keys.idempotency(topic, publication.idempotencyKey())));
        stage.whenComplete((position, failure) -> answered(failure));
        return stage;
    }

    int inFlight() {
        return maxInFlight - places.availablePermits();
    }

    private Supplier<CompletionStage<Position>> script(Topic topic, OutgoingPublication publication, String... names) {
        byte[] channel = keys.channel(topic).getBytes(StandardCharsets.UTF_8);
        return () -> link.run(
                        RedisScript.PUBLISH, names, channel, publication.body(), Argument.newEpoch(), topicTtl, WINDOW)
                .thenApply(ChannelMessage::parsePosition);
    }

    private void answered(@Nullable Throwable failure) {
        places.release();
        if (failure instanceof BackplaneException e) metrics.publishFailed(e.kind());
    }

    private CompletionStage<Position> refused(BackplaneException why) {
        metrics.publishFailed(why.kind());
        return CompletableFuture.failedStage(why);
    }

    private static BackplaneException overloaded() {
        return new BackplaneException(Kind.OVERLOADED, "too many publications wait for Redis");
    }
}
