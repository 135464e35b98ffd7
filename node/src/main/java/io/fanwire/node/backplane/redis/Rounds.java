package io.fanwire.node.backplane.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Looks after quiet topics, all of them once in an interval, a few at a time and at uneven times, so that neither many
 * topics nor many nodes come in a burst. A topic that something came for needs none: what it missed shows by itself.
 * Owned by the subscriber loop.
 */
final class Rounds {
    private static final int STEPS = 30;

    private final Loop loop;
    private final Subscriptions subscriptions;
    private final Duration step;
    private final RandomGenerator random;
    private final Queue<TopicSubscription> round = new ArrayDeque<>();
    private int share;

    Rounds(Loop loop, Subscriptions subscriptions, Duration interval, RandomGenerator random) {
        this.loop = loop;
        this.subscriptions = subscriptions;
        this.step = interval.dividedBy(STEPS);
        this.random = random;
    }

    /** Goes on as long as the loop does. */
    void start() {
        loop.schedule(this::step, Duration.ofNanos(random.nextLong(step.toNanos() / 2, step.toNanos() * 3 / 2)));
    }

    private void step() {
        if (round.isEmpty()) begin();
        for (int i = 0; i < share && !round.isEmpty(); i++) lookAfter(round.remove());
        start();
    }

    private void begin() {
        round.addAll(subscriptions.all());
        share = round.size() / STEPS + 1;
    }

    private void lookAfter(TopicSubscription subscription) {
        if (!subscription.wasActive()) subscriptions.compare(subscription);
    }
}
