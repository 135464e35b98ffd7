package io.fanwire.loadtest.ledger;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was published to one topic.
 *
 * @param unacknowledged publications without an answer, or refused
 * @param epochs what was acknowledged in each
 */
public record TopicPart(long unacknowledged, SortedMap<Long, Published> epochs) {
    public TopicPart {
        epochs = new TreeMap<>(epochs);
    }

    TopicPart plus(TopicPart other) {
        SortedMap<Long, Published> all = new TreeMap<>(epochs);
        other.epochs.forEach((epoch, published) -> all.merge(epoch, published, Published::plus));
        return new TopicPart(unacknowledged + other.unacknowledged, all);
    }
}
