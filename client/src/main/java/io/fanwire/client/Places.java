package io.fanwire.client;

import io.fanwire.protocol.Position;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each subscription has come. Knows a subscription from the moment in which its caller has it, and when the client
 * is closed knows it still, so that no position is missing from what is handed out. Thread-safe.
 */
final class Places {
    private final Map<String, Subscription> byTopic = new ConcurrentHashMap<>();

    /** Keeps the one there is: a second one is going to be refused. */
    void add(Subscription subscription) {
        byTopic.putIfAbsent(subscription.topic(), subscription);
    }

    void remove(Subscription subscription) {
        byTopic.remove(subscription.topic(), subscription);
    }

    /** Without those that no node has confirmed yet. */
    SortedMap<String, Position> positions() {
        SortedMap<String, Position> positions = new TreeMap<>();
        byTopic.forEach(
                (topic, subscription) -> subscription.position().ifPresent(position -> positions.put(topic, position)));
        return positions;
    }
}
