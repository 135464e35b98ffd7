package io.fanwire.loadtest.ledger;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of one subscriber, and which goes on from which. A node that goes on in a new epoch may bring what was
 * published in the one before under the new one's name, at the same offset.
 */
final class Succession {
    private static final String EPOCH_CHANGED = "EPOCH_CHANGED";

    private final SortedMap<Long, Received> received;
    private final SortedMap<Long, Published> published;

    /** @param published to its topic, by epoch */
    Succession(SubscriberPart subscriber, SortedMap<Long, Published> published) {
        this.received = subscriber.epochs();
        this.published = published;
    }

    /** When it first heard of any. */
    long beginNanos() {
        return received.values().stream()
                .mapToLong(Received::enteredNanos)
                .min()
                .orElse(Long.MIN_VALUE);
    }

    /** The offsets of an epoch that came under the name of a later one, which does not have them itself. */
    Intervals renamed(long epoch, long firstNanos) {
        Intervals all = new Intervals();
        for (long heir : heirs(epoch, firstNanos)) {
            Published own = published.get(heir);
            Intervals came = of(heir).offsets();
            all = all.plus(own == null ? came : came.minus(own.acknowledged()));
        }
        return all;
    }

    /** What of an epoch the subscriber was told to miss, by reason. */
    SortedMap<String, Intervals> told(long epoch, long firstNanos) {
        SortedMap<String, Intervals> all = new TreeMap<>();
        Received own = received.get(epoch);
        if (own != null) all.putAll(own.told());
        for (long heir : heirs(epoch, firstNanos)) of(heir).told().forEach((reason, gap) -> add(all, reason, gap));
        if (own == null && startedAnewAfter(firstNanos)) add(all, EPOCH_CHANGED, Intervals.of(0, Long.MAX_VALUE));
        return all;
    }

    /** Epochs can't be compared, times can: who came to another epoch afterwards was told that this one may be missed. */
    private boolean startedAnewAfter(long nanos) {
        return received.values().stream().anyMatch(each -> each.continues() == null && each.enteredNanos() > nanos);
    }

    private List<Long> heirs(long epoch, long firstNanos) {
        boolean isKnown = received.containsKey(epoch);
        return received.keySet().stream()
                .filter(each -> isKnown ? goesOnFrom(each, epoch) : wasPassed(each, firstNanos))
                .toList();
    }

    private boolean goesOnFrom(long epoch, long earlier) {
        Long before = of(epoch).continues();
        return before != null && (before == earlier || goesOnFrom(before, earlier));
    }

    private boolean wasPassed(long epoch, long nanos) {
        return of(epoch).continues() != null && of(epoch).enteredNanos() > nanos;
    }

    private Received of(long epoch) {
        Received one = received.get(epoch);
        if (one == null) throw new IllegalArgumentException("an epoch goes on from an unknown one: " + epoch);
        return one;
    }

    private static void add(Map<String, Intervals> all, String reason, Intervals gap) {
        @Nullable Intervals known = all.get(reason);
        all.put(reason, known == null ? gap : known.plus(gap));
    }
}
