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
    private long gaps;
    private long gapPositions;

    Balance(SortedMap<String, TopicPart> topics) {
        this.topics = topics;
    }

    void add(SubscriberPart subscriber) {
        dropped += subscriber.dropped();
        seenAgain += subscriber.seenAgain();
        outOfOrder += subscriber.outOfOrder();
        corrupted += subscriber.corrupted();
        gaps += subscriber.gaps();
        gapPositions += subscriber.gapPositions();
        var published = topics.getOrDefault(subscriber.topic(), NOTHING).epochs();
        Succession succession = new Succession(subscriber, published);
        published.forEach((epoch, acknowledged) -> add(subscriber, succession, epoch, acknowledged));
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
                gaps,
                gapPositions,
                toldByReason);
        return new Reconciliation(account, deliveredUnacknowledged, losses);
    }

    private void add(SubscriberPart subscriber, Succession succession, long epoch, Published published) {
        Received received = subscriber.epochs().get(epoch);
        // It was not there yet.
        if (received == null && published.firstNanos() < succession.beginNanos()) return;
        Intervals due = due(subscriber, epoch, published);
        Intervals absent = received == null ? due : due.minus(received.offsets());
        Intervals renamed = absent.and(succession.renamed(epoch, published.firstNanos()));
        Intervals missing = absent.minus(renamed);
        expected += due.count();
        delivered += due.count() - missing.count();
        deliveredUnacknowledged -= renamed.count();
        if (!missing.isEmpty()) addMissing(subscriber, epoch, missing, succession.told(epoch, published.firstNanos()));
        // Of those that are corrupted, it is known already that they are wrong.
        if (received != null && subscriber.corrupted() == 0) corrupted += wrongBlocks(published, received);
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
