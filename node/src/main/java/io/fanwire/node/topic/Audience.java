package io.fanwire.node.topic;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.protocol.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A topic's subscriptions on one lane. All state is owned by the lane; only {@link #signal}, {@link #live} and
 * {@link #refused} may be called from other threads.
 *
 * <p>A publish visits only the subscriptions that wait here. One whose subscriber has a write in flight is in the
 * subscriber's hands and looks at its cursor itself when the write is done.
 */
final class Audience {
    private final Topic topic;
    private final Audiences lane;
    private final EventLoop loop;
    private final List<Asking> asking = new ArrayList<>(1);
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Runnable onSignal = this::onSignal;

    private @Nullable HostedTopic hosted;
    private SubscriptionList waiting = new SubscriptionList();
    private SubscriptionList visiting = new SubscriptionList();
    private boolean again;
    private int size;

    Audience(Topic topic, Audiences lane, EventLoop loop) {
        this.topic = topic;
        this.lane = lane;
        this.loop = loop;
    }

    Topic topic() {
        return topic;
    }

    DeliveryStats stats() {
        return lane.stats();
    }

    HostedTopic hosted() {
        HostedTopic known = hosted;
        if (known == null) throw new IllegalStateException(topic + " is not live");
        return known;
    }

    Subscription subscribe(Subscriber subscriber, Subscriber.Outcome outcome) {
        Subscription subscription = new Subscription(this, subscriber);
        size++;
        stats().subscriptions(1);
        if (hosted == null) asking.add(new Asking(subscription, outcome));
        else start(subscription, outcome);
        return subscription;
    }

    /** There are new events in the log. Any thread; many signals before the lane comes to it are one. */
    void signal() {
        if (signalled.compareAndSet(false, true)) loop.execute(onSignal);
    }

    /** The topic is live. Any thread. */
    void live(HostedTopic topic) {
        loop.execute(() -> onLive(topic));
    }

    /** The topic can't be had. Any thread. */
    void refused(RuntimeException why) {
        loop.execute(() -> onRefused(why));
    }

    void await(Subscription subscription) {
        // It has read up to a head that was read before; a later event's signal is still to come, or waits in the
        // queue.
        waiting.add(subscription);
    }

    void leave() {
        size--;
        stats().subscriptions(-1);
        if (size == 0 && hosted != null) lane.left(this);
    }

    private void onLive(HostedTopic topic) {
        hosted = topic;
        List<Asking> asked = List.copyOf(asking);
        asking.clear();
        if (size == 0) lane.left(this);
        for (Asking each : asked) {
            if (each.subscription.hasEnded()) each.outcome.onRefused(each.subscription, new UnsubscribedException());
            else start(each.subscription, each.outcome);
        }
    }

    private void onRefused(RuntimeException why) {
        lane.forget(this);
        List<Asking> asked = List.copyOf(asking);
        asking.clear();
        for (Asking each : asked) {
            each.subscription.end();
            each.outcome.onRefused(each.subscription, why);
        }
    }

    private void start(Subscription subscription, Subscriber.Outcome outcome) {
        subscription.start(hosted().log().head());
        outcome.onSubscribed(subscription);
        // Through the subscriber rather than straight to waiting: what came since the head was read has been signalled.
        if (!subscription.hasEnded()) subscription.subscriber.onReady(subscription);
    }

    private void onSignal() {
        if (visiting.isEmpty()) visitAll();
        else again = true;
    }

    private void visitAll() {
        // Before any head is read: an event that comes later signals again.
        signalled.set(false);
        SubscriptionList all = waiting;
        waiting = visiting;
        visiting = all;
        visitSome();
    }

    private void visitSome() {
        for (int i = 0; i < lane.fanOutSlice(); i++) {
            Subscription subscription = visiting.poll();
            if (subscription == null) break;
            subscription.ready();
        }
        if (!visiting.isEmpty()) {
            loop.later(this::visitSome);
        } else if (again) {
            again = false;
            visitAll();
        }
    }

    private record Asking(Subscription subscription, Subscriber.Outcome outcome) {}
}
