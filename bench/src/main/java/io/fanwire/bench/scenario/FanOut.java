package io.fanwire.bench.scenario;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Subscribers of topics, and what is published to them.
 *
 * @param rate publications per second over all topics; 0 for as many as subscribers take
 */
record FanOut(String name, int topics, int subscribersPerTopic, int payloadBytes, int rate) {
    // What a subscriber is behind at saturation: two of the largest slices, or as many publications.
    private static final int WINDOW_BYTES = 128 * 1024;
    private static final int WINDOW_PUBLICATIONS = 1_000;
    // Headers of an event, about.
    private static final int EVENT_BYTES = 24;

    static final List<FanOut> ALL = List.of(
            new FanOut("saturated 1×1,000, 128 B", 1, 1_000, 128, 0),
            new FanOut("saturated 1×1,000, 16 B", 1, 1_000, 16, 0),
            new FanOut("saturated 1×1,000, 1 KiB", 1, 1_000, 1_024, 0),
            new FanOut("saturated 10×100, 128 B", 10, 100, 128, 0),
            new FanOut("50/s 1×1,000, 128 B", 1, 1_000, 128, 50));

    int subscribers() {
        return topics * subscribersPerTopic;
    }

    boolean saturates() {
        return rate == 0;
    }

    String topic(int subscriber) {
        return topicNames().get(subscriber % topics);
    }

    List<String> topicNames() {
        return IntStream.range(0, topics).mapToObj(i -> "bench-" + i).toList();
    }

    /** Publications on their way at any time, over all topics. */
    int window() {
        return topics * Math.min(WINDOW_PUBLICATIONS, WINDOW_BYTES / (payloadBytes + EVENT_BYTES));
    }
}
