package io.fanwire.loadtest.ledger;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber got, and was told not to get, in one epoch. Nobody changes its parts any more.
 *
 * @param enteredNanos when it first heard of the epoch, by {@link io.fanwire.loadtest.measure.WallClock}
 * @param continues the epoch that this one goes on from: its offsets go on, and the subscriber was not told that
 *     anything might be lost; null if it was, or was nowhere before
 * @param offsets that came
 * @param contents of those that were whole
 * @param told what it was told to be missing, by reason; of an epoch that has ended everything behind the last position
 */
public record Received(
        long enteredNanos,
        @Nullable Long continues,
        Intervals offsets,
        Contents contents,
        SortedMap<String, Intervals> told) {
    /** The reason where no node said anything: only the client library noticed. */
    public static final String UNEXPLAINED = "UNEXPLAINED";

    public Received {
        told = new TreeMap<>(told);
    }
}
