package io.fanwire.bench.capacity;

import java.util.List;

/**
 * What clients do. Each has one subscription.
 *
 * @param subscribersPerTopic 0: all of them
 * @param perSecond publications of each topic
 * @param payload bytes of each
 * @param history whether Redis keeps them
 */
public record Shape(
        String name, String meaning, long subscribersPerTopic, double perSecond, int payload, boolean history) {
    /** One topic that all hear: a score, a price, a stream's chat. */
    public static final Shape HOT = new Shape("hot", "one topic, five publications a second", 0, 5, 128, true);

    /** A topic for each: notifications. */
    public static final Shape SMALL =
            new Shape("small", "a topic each, one publication in five minutes", 1, 1 / 300.0, 128, true);

    /** Rooms. */
    public static final Shape CHAT =
            new Shape("chat", "rooms of 50, a publication each two seconds", 50, 0.5, 128, true);

    public Shape {
        if (subscribersPerTopic < 0 || perSecond < 0 || payload < 1) {
            throw new IllegalArgumentException("a shape needs subscribers, a rate and a payload");
        }
    }

    /** @throws IllegalArgumentException for a name that there is none of */
    static Shape named(String name) {
        return List.of(HOT, SMALL, CHAT).stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no shape " + name + ", but hot, small and chat"));
    }

    /** The same without history. */
    public Shape plain() {
        return new Shape(name, meaning, subscribersPerTopic, perSecond, payload, false);
    }

    double topics(long connections) {
        return subscribersPerTopic == 0 ? 1 : (double) connections / subscribersPerTopic;
    }

    double subscribers(long connections) {
        return subscribersPerTopic == 0 ? connections : Math.min(connections, subscribersPerTopic);
    }

    double publicationsPerSecond(long connections) {
        return topics(connections) * perSecond;
    }

    double deliveriesPerSecond(long connections) {
        return publicationsPerSecond(connections) * subscribers(connections);
    }
}
