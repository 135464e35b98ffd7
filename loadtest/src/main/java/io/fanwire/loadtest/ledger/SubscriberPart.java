package io.fanwire.loadtest.ledger;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one subscriber got.
 *
 * @param number no other subscriber of the run has it
 * @param epoch the topic's at its first subscribe
 * @param offset the topic's at its first subscribe: what is due comes after it
 * @param dropped duplicates that the client library took out
 * @param seenAgain duplicates that it let through: a position, or a publication of the same epoch, that had come before
 * @param outOfOrder that came after a later one
 * @param corrupted payloads that are not what was published
 * @param gaps how many gaps it was told
 * @param gapPositions the positions that they named
 * @param epochs what came in each
 */
public record SubscriberPart(
        int number,
        String topic,
        long epoch,
        long offset,
        long dropped,
        long seenAgain,
        long outOfOrder,
        long corrupted,
        long gaps,
        long gapPositions,
        SortedMap<Long, Received> epochs) {
    public SubscriberPart {
        epochs = new TreeMap<>(epochs);
    }
}
