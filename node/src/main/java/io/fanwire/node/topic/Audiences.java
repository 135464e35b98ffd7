package io.fanwire.node.topic;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.protocol.Topic;
import java.util.HashMap;
import java.util.Map;

/** One lane's audiences: where its sessions subscribe. All state is owned by the lane. */
public final class Audiences {
    private final Map<Topic, Audience> audiences = new HashMap<>();
    private final DeliveryStats stats = new DeliveryStats();
    private final SpareView spareView = new SpareView();
    private final EventLoop loop;
    private final TopicRegistry registry;

    public Audiences(EventLoop loop, TopicRegistry registry) {
        this.loop = loop;
        this.registry = registry;
    }

    /**
     * Asks for a subscription from the newest publication on.
     *
     * @return the subscription; the outcome is still to come unless the topic is live on this lane already
     */
    public Subscription subscribe(Topic topic, Subscriber subscriber, Subscriber.Outcome outcome) {
        Audience audience = audiences.get(topic);
        if (audience == null) {
            audience = new Audience(topic, this);
            audiences.put(topic, audience);
            registry.join(audience);
        }
        return audience.subscribe(subscriber, outcome);
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
