package io.fanwire.loadtest.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One process' share of the ledger; parts add up. Publishers and subscribers of a topic may be in different ones.
 *
 * @param topics what was published, by name
 * @param subscribers in the order of their numbers
 */
public record LedgerPart(SortedMap<String, TopicPart> topics, List<SubscriberPart> subscribers) {
    public LedgerPart {
        topics = new TreeMap<>(topics);
        subscribers = List.copyOf(subscribers);
    }

    /** @throws IllegalArgumentException if both have a subscriber of the same number: each would count twice */
    public LedgerPart plus(LedgerPart other) {
        SortedMap<String, TopicPart> allTopics = new TreeMap<>(topics);
        other.topics.forEach((name, topic) -> allTopics.merge(name, topic, TopicPart::plus));
        List<SubscriberPart> all = new ArrayList<>(subscribers);
        all.addAll(other.subscribers);
        all.sort(Comparator.comparingInt(SubscriberPart::number));
        for (int i = 1; i < all.size(); i++) {
            int number = all.get(i).number();
            if (number == all.get(i - 1).number()) {
                throw new IllegalArgumentException("two processes have subscriber " + number);
            }
        }
        return new LedgerPart(allTopics, all);
    }

    /** Holds what every subscriber got against what was acknowledged. */
    public Reconciliation reconcile() {
        return Reconciliation.of(this);
    }

    /** The totals of {@link #reconcile()}. */
    public Account account() {
        return reconcile().account();
    }
}
