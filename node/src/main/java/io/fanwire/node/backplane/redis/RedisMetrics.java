package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.protocol.v1.Gap;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What the Redis backplane counts. Thread-safe. */
final class RedisMetrics {
    private final MeterRegistry meters;
    private final Counter received;
    private final Counter malformed;
    private final Counter stale;
    private final Counter restored;
    private final Counter filled;
    private final Counter unreadable;
    private final Counter canariesLost;
    private final Timer canary;
    private final Counter listenerFailures;
    private final Counter subscriberReconnects;

    RedisMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (BackplaneException.Kind kind : BackplaneException.Kind.values()) {
            publishFailures(kind);
        }
        received = meters.counter("fanwire.redis.received");
        malformed = meters.counter("fanwire.redis.malformed");
        stale = meters.counter("fanwire.redis.stale");
        restored = meters.counter("fanwire.redis.restored.subscriptions");
        filled = meters.counter("fanwire.redis.filled");
        unreadable = meters.counter("fanwire.redis.unreadable");
        canariesLost = meters.counter("fanwire.redis.canary.lost");
        canary = meters.timer("fanwire.redis.canary");
        listenerFailures = meters.counter("fanwire.redis.listener.failures");
        subscriberReconnects = meters.counter("fanwire.redis.reconnects", "connection", "subscriber");
    }

    void gauge(String name, Supplier<Number> value) {
        Gauge.builder("fanwire.redis." + name, value).register(meters);
    }

    void publishFailed(BackplaneException.Kind kind) {
        publishFailures(kind).increment();
    }

    void received() {
        received.increment();
    }

    /** Not published by a node. */
    void malformed() {
        malformed.increment();
    }

    /** An offset that came before: Redis has lost publications. */
    void stale() {
        stale.increment();
    }

    void restored() {
        restored.increment();
    }

    /** A publication that was missed and came from the history. */
    void filled() {
        filled.increment();
    }

    /** A topic that could not be compared, because its key is somebody else's. */
    void unreadable() {
        unreadable.increment();
    }

    void canaryCameBack(Duration roundTrip) {
        canary.record(roundTrip);
    }

    void canaryLost() {
        canariesLost.increment();
    }

    void listenerFailed() {
        listenerFailures.increment();
    }

    /** Connections of one kind after its first. */
    Counter reconnects(String connection) {
        return meters.counter("fanwire.redis.reconnects", "connection", connection);
    }

    void subscriberReconnected() {
        subscriberReconnects.increment();
    }

    /** One gap of one topic, and the positions in it as far as they are known. */
    void gap(TopicSequence.Missing missing) {
        String reason = reason(missing.reason());
        meters.counter("fanwire.redis.gaps", "reason", reason).increment();
        meters.counter("fanwire.redis.gap.offsets", "reason", reason)
                .increment((double) (missing.to() - missing.from() + 1));
    }

    private Counter publishFailures(BackplaneException.Kind kind) {
        return meters.counter("fanwire.redis.publish.failures", "kind", kind.name());
    }

    private static String reason(Gap.Reason reason) {
        return reason.name().substring("REASON_".length());
    }
}
