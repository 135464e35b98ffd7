package io.fanwire.loadtest.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Adds up an account, subscriber by subscriber. For one thread and one account. */
final class Balance {
    private static final int MAX_LOSSES = 10;
    private static final String EPOCH_CHANGED = "EPOCH_CHANGED";
    private static final TopicPart NOTHING = new TopicPart(0, new TreeMap<>());

    private final SortedMap<String, TopicPart> topics;
    private final SortedMap<String, Long> toldByReason = new TreeMap<>();
    private final List<Loss> losses = new ArrayList<>();
    private long expected;
    private long delivered;
    private long deliveredUnacknowledged;
    private long dropped;
    private long seenAgain;
    private long outOfOrder;
    private long unexplained;
    private long silent;
    private long corrupted;

    Balance(SortedMap<String, TopicPart> topics) {
        this.topics = topics;
    }

    void add(SubscriberPart subscriber) {
        dropped += subscriber.dropped();
        seenAgain += subscriber.seenAgain();
        outOfOrder += subscriber.outOfOrder();
        corrupted += subscriber.corrupted();
        var published = topics.getOrDefault(subscriber.topic(), NOTHING).epochs();
        published.forEach((epoch, acknowledged) -> add(subscriber, epoch, acknowledged));
        subscriber.epochs().forEach((epoch, received) -> addUnacknowledged(received, published.get(epoch)));
    }

    Reconciliation close() {
        Account account = new Account(
                sum(published -> published.acknowledged().count()),
                topics.values().stream().mapToLong(TopicPart::unacknowledged).sum(),
                expected,
                delivered,
                dropped + seenAgain,
                seenAgain,
                outOfOrder,
                toldByReason.values().stream().mapToLong(Long::longValue).sum(),
                silent,
                unexplained,
                corrupted + sum(Published::twice),
                toldByReason);
        return new Reconciliation(account, deliveredUnacknowledged, losses);
    }

    private void add(SubscriberPart subscriber, long epoch, Published published) {
        Received received = subscriber.epochs().get(epoch);
        if (received == null) {
            addUnseen(subscriber, epoch, published);
            return;
        }
        Intervals due = due(subscriber, epoch, published);
        Intervals missing = due.minus(received.offsets());
        expected += due.count();
        delivered += due.count() - missing.count();
        if (!missing.isEmpty()) addMissing(subscriber, epoch, missing, received.told());
        // Of those that are corrupted, it is known already that they are wrong.
        if (subscriber.corrupted() == 0) corrupted += wrongBlocks(published, received);
    }

    private static Intervals due(SubscriberPart subscriber, long epoch, Published published) {
        if (epoch != subscriber.epoch()) return published.acknowledged();
        return published.acknowledged().minus(Intervals.of(0, subscriber.offset()));
    }

    /** Each missing offset has one reason; that only the client noticed it is the last. */
    private void addMissing(
            SubscriberPart subscriber, long epoch, Intervals missing, Map<String, Intervals> toldByItsReason) {
        Intervals rest = missing;
        for (Map.Entry<String, Intervals> told : toldByItsReason.entrySet()) {
            if (told.getKey().equals(Received.UNEXPLAINED)) continue;
            addTold(told.getKey(), rest.and(told.getValue()).count());
            rest = rest.minus(told.getValue());
        }
        Intervals noticed = rest.and(toldByItsReason.getOrDefault(Received.UNEXPLAINED, new Intervals()));
        unexplained += noticed.count();
        addLoss(subscriber, epoch, noticed, true);
        Intervals untold = rest.minus(noticed);
        silent += untold.count();
        addLoss(subscriber, epoch, untold, false);
    }

    /** Epochs can't be compared, times can: who came to another epoch afterwards was told that this one may be missed. */
    private void addUnseen(SubscriberPart subscriber, long epoch, Published published) {
        long since = subscriber.epochs().values().stream()
                .mapToLong(Received::enteredNanos)
                .min()
                .orElse(Long.MIN_VALUE);
        if (published.firstNanos() < since) return;
        expected += published.acknowledged().count();
        boolean wasTold =
                subscriber.epochs().values().stream().anyMatch(each -> each.enteredNanos() > published.firstNanos());
        if (wasTold) {
            addTold(EPOCH_CHANGED, published.acknowledged().count());
        } else {
            silent += published.acknowledged().count();
            addLoss(subscriber, epoch, published.acknowledged(), false);
        }
    }

    private void addTold(String reason, long count) {
        if (count > 0) toldByReason.merge(reason, count, Long::sum);
    }

    private void addLoss(SubscriberPart subscriber, long epoch, Intervals offsets, boolean noticed) {
        if (offsets.isEmpty() || losses.size() >= MAX_LOSSES) return;
        losses.add(new Loss(subscriber.number(), subscriber.topic(), epoch, offsets, noticed));
    }

    private void addUnacknowledged(Received received, @Nullable Published published) {
        deliveredUnacknowledged += published == null
                ? received.offsets().count()
                : received.offsets().minus(published.acknowledged()).count();
    }

    /** Blocks whose offsets all came, and no others, but not with what was acknowledged at them. */
    private static long wrongBlocks(Published published, Received received) {
        Intervals differing = published
                .acknowledged()
                .minus(received.offsets())
                .plus(received.offsets().minus(published.acknowledged()));
        return published
                .contents()
                .blocks()
                .filter(block ->
                        published.contents().sumAt(block) != received.contents().sumAt(block))
                .filter(block -> !differing.touches(block, block + Contents.BLOCK - 1))
                .count();
    }

    private long sum(ToLongFunction<Published> value) {
        return topics.values().stream()
                .flatMap(topic -> topic.epochs().values().stream())
                .mapToLong(value)
                .sum();
    }
}
