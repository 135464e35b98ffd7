package io.fanwire.loadtest.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The verdict of a ledger. Everything but the first two is summed over the subscribers. What was expected is delivered,
 * missing and told, unexplained, or missing silently: one of these four.
 *
 * @param acknowledged publications that a node said it took
 * @param unacknowledged publications without an answer, or refused: each may have happened or not
 * @param expected deliveries of acknowledged publications that were due, each counted once a subscriber
 * @param delivered of them, each counted once
 * @param duplicatesOnTheWire that nodes sent, before the client library drops them
 * @param duplicatesSeen of them, those that it let through
 * @param outOfOrder that came after a later one
 * @param missingTold not delivered, and the subscriber was told so with a reason
 * @param missingSilently not delivered, and nobody noticed
 * @param unexplained not delivered, and only the client library noticed, as the node skipped them without a word
 * @param corrupted payloads that are not what was published
 * @param gaps events that told subscribers of missing positions
 * @param gapPositions that they named, acknowledged or not
 * @param toldByReason how many of {@code missingTold} for which reason
 */
public record Account(
        long acknowledged,
        long unacknowledged,
        long expected,
        long delivered,
        long duplicatesOnTheWire,
        long duplicatesSeen,
        long outOfOrder,
        long missingTold,
        long missingSilently,
        long unexplained,
        long corrupted,
        long gaps,
        long gapPositions,
        SortedMap<String, Long> toldByReason) {
    public Account {
        toldByReason = new TreeMap<>(toldByReason);
    }

    /** Not delivered, and no node told it: the loss that must never be, whether or not the client library noticed. */
    public long missingInSilence() {
        return missingSilently + unexplained;
    }

    /** Whether the promise was kept: whoever missed something was told why, and nothing came twice or in disorder. */
    @JsonIgnore
    public boolean isKept() {
        return missingInSilence() == 0 && duplicatesSeen == 0 && outOfOrder == 0 && corrupted == 0;
    }
}
