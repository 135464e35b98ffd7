package io.fanwire.node.topic;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One lane's audiences: where its sessions subscribe. All state is owned by the lane. */
public final class Audiences {
    private static final long MIN_RETRY_NANOS = Duration.ofMillis(100).toNanos();

    private final Map<Topic, Audience> audiences = new HashMap<>();
    private final DeliveryStats stats = new DeliveryStats();
    private final SpareView spareView = new SpareView();
    private final EventLoop loop;
    private final TopicRegistry registry;
    private long retries;

    public Audiences(EventLoop loop, TopicRegistry registry) {
        this.loop = loop;
        this.registry = registry;
    }

    /**
     * Asks for a subscription.
     *
     * @return the subscription; the outcome is still to come unless the topic is live on this lane already
     */
    public Subscription subscribe(Topic topic, Since since, Subscriber subscriber, Subscriber.Outcome outcome) {
        Audience audience = audiences.get(topic);
        if (audience == null) {
            audience = new Audience(topic, this);
            audiences.put(topic, audience);
            registry.join(audience);
        }
        return audience.subscribe(subscriber, since, outcome);
    }

    /** What this lane delivered; any thread. */
    public DeliveryStats stats() {
        return stats;
    }

    /** The last subscription is gone. */
    void left(Audience audience) {
        forget(audience);
        registry.leave(audience);
    }

    /** What holds for a topic. @throws io.fanwire.node.namespace.UnknownNamespaceException if it is refused */
    public Namespace namespaceOf(Topic topic) {
        return registry.namespaceOf(topic);
    }

    /** A pause that varies from call to call, so that many don't come back at once; between 100 and 300 ms. */
    long retryNanos() {
        // Steps of the golden ratio are spread evenly, and the same in each run of a simulation.
        retries += 0x9E3779B97F4A7C15L;
        return MIN_RETRY_NANOS + (retries >>> 1) % MIN_RETRY_NANOS * 2;
    }

    SpareView spareView() {
        return spareView;
    }

    EventLoop loop() {
        return loop;
    }

    int fanOutSlice() {
        return registry.config().fanOutSlice();
    }

    void forget(Audience audience) {
        audiences.remove(audience.topic(), audience);
    }
}
