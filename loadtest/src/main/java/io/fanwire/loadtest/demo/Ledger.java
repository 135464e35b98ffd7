package io.fanwire.loadtest.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Every acknowledged publication against every subscriber of its topic. Subscribers are added before the traffic
 * begins; after that any thread may read.
 */
final class Ledger {
    private final List<TopicLedger> topics;
    private final List<SubscriberLedger> subscribers = new ArrayList<>();
    private final Deliveries deliveries;

    Ledger(DemoPlan plan) {
        topics = plan.topics().stream().map(TopicLedger::new).toList();
        deliveries = new Deliveries(plan.nodes());
    }

    /** The topic that a counter stands for, in turn. */
    TopicLedger topicOf(long counter) {
        return topics.get((int) (counter % topics.size()));
    }

    /** The account of one more subscriber. */
    SubscriberLedger subscriber(int node, TopicLedger topic) {
        var subscriber = new SubscriberLedger(node, topic, deliveries);
        subscribers.add(subscriber);
        return subscriber;
    }

    /** Whether every subscriber has everything that is acknowledged so far. */
    boolean isComplete() {
        return subscribers.stream().allMatch(SubscriberLedger::isComplete);
    }

    /** Whether all is well: complete, each message once and in order, and over every way between nodes. */
    boolean isPerfect() {
        return isComplete()
                && sum(SubscriberLedger::duplicated) == 0
                && sum(SubscriberLedger::outOfOrder) == 0
                && deliveries.crossedAll();
    }

    /** Measures latencies from here on: what the JVMs take to warm up says nothing about the way of a message. */
    void endWarmUp() {
        deliveries.forgetLatencies();
    }

    /** While traffic runs: what is on its way is not lost. */
    Account soFar(long failed) {
        return account(failed, SubscriberLedger::holes);
    }

    /** After the end: what has not arrived is lost. */
    Account atTheEnd(long failed) {
        return account(failed, SubscriberLedger::lost);
    }

    private Account account(long failed, ToLongFunction<SubscriberLedger> lost) {
        return new Account(
                topics.stream().mapToLong(TopicLedger::acknowledged).sum(),
                failed,
                deliveries.count(),
                deliveries.acrossNodes(),
                sum(lost),
                sum(SubscriberLedger::duplicated),
                sum(SubscriberLedger::outOfOrder),
                deliveries.latencyMillis(50),
                deliveries.latencyMillis(99));
    }

    private long sum(ToLongFunction<SubscriberLedger> value) {
        return subscribers.stream().mapToLong(value).sum();
    }
}
