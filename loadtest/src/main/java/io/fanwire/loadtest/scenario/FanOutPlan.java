package io.fanwire.loadtest.scenario;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Who publishes what to whom. Numbers are those of all processes together.
 *
 * @param prefix of the topics' names
 * @param subscribers with one topic each, in turn
 * @param rate publications per second; 0: as fast as the subscribers take them
 * @param loops threads of subscribers in each process
 */
public record FanOutPlan(
        String prefix, int topics, int subscribers, int publishers, double rate, PayloadSizes sizes, int loops) {
    // What a subscriber is behind at saturation: two of the largest messages, or as many publications.
    private static final int WINDOW_BYTES = 128 * 1024;
    private static final int WINDOW_PUBLICATIONS = 1_000;
    // The headers of an event, about.
    private static final int EVENT_BYTES = 24;

    boolean saturates() {
        return rate == 0;
    }

    List<String> topicNames() {
        return IntStream.range(0, topics).mapToObj(i -> prefix + "-" + i).toList();
    }

    String topic(int subscriber) {
        return prefix + "-" + subscriber % topics;
    }

    /** Publications of one process that are on their way at any time, at saturation. */
    int window() {
        return topics * Math.max(1, Math.min(WINDOW_PUBLICATIONS, WINDOW_BYTES / (sizes.max() + EVENT_BYTES)));
    }
}
