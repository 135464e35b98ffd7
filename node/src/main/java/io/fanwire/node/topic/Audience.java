package io.fanwire.node.topic;

import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;
import io.fanwire.protocol.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A topic's subscriptions on one lane. All state is owned by the lane; only {@link #signal}, {@link #live} and
 * {@link #refused} may be called from other threads.
 *
 * <p>A publish visits only the subscriptions that wait here. One whose subscriber has a write in flight is in the
 * subscriber's hands and looks at its cursor itself when the write is done.
 *
 * <p>Most topics of a node have one, with one subscription: so it is its own task, and holds nothing ready for more.
 */
final class Audience implements Runnable {
    private static final AtomicIntegerFieldUpdater<Audience> SIGNALLED =
            AtomicIntegerFieldUpdater.newUpdater(Audience.class, "signalled");

    private final Topic topic;
    private final Audiences lane;
    private final SubscriptionList waiting = new SubscriptionList();
    private @Nullable List<Asking> asking;
    private @Nullable HostedTopic hosted;
    private volatile int signalled;
    private int toVisit;
    private boolean again;
    private int size;

    Audience(Topic topic, Audiences lane) {
        this.topic = topic;
        this.lane = lane;
    }

    Topic topic() {
        return topic;
    }

    DeliveryStats stats() {
        return lane.stats();
    }

    SpareView spareView() {
        return lane.spareView();
    }

    HostedTopic hosted() {
        HostedTopic known = hosted;
        if (known == null) throw new IllegalStateException(topic + " is not live");
        return known;
    }

    Subscription subscribe(Subscriber subscriber, Since since, Subscriber.Outcome outcome) {
        Subscription subscription = new Subscription(this, subscriber);
        size++;
        Asking asking = new Asking(subscription, since, outcome);
        if (hosted == null) ask(asking);
        else start(asking);
        return subscription;
    }

    /** Gets a page of the topic's history; see {@link HostedTopic#page}. The answer comes on the lane, one of the two. */
    void fetch(long from, long reach, BiConsumer<@Nullable Page, @Nullable Throwable> answer) {
        answer(hosted().page(from, reach), answer);
    }

    /** Finds a point of the topic's history; the answer comes on the lane, one of the two. */
    void find(HistoryQuery.Start start, BiConsumer<@Nullable Page, @Nullable Throwable> answer) {
        answer(hosted().find(start), answer);
    }

    /** Finds where the topic stands now; the answer comes on the lane, one of the two. */
    void look(BiConsumer<@Nullable Page, @Nullable Throwable> answer) {
        answer(hosted().look(), answer);
    }

    /** Does something again after a moment that varies. */
    void retry(Runnable work) {
        loop().schedule(Timer.of(work), lane.retryNanos());
    }

    /** There are new events in the log. Any thread; many signals before the lane comes to it are one. */
    void signal() {
        if (SIGNALLED.compareAndSet(this, 0, 1)) loop().execute(this);
    }

    /** A signal has come to the lane. */
    @Override
    public void run() {
        if (toVisit == 0) visitAll();
        else again = true;
    }

    /** The topic is live. Any thread. */
    void live(HostedTopic topic) {
        loop().execute(() -> onLive(topic));
    }

    /** The topic can't be had. Any thread. */
    void refused(RuntimeException why) {
        loop().execute(() -> onRefused(why));
    }

    void await(Subscription subscription) {
        // It has read up to a head that was read before; a later event's signal is still to come, or waits in the
        // queue.
        waiting.add(subscription);
    }

    void leave() {
        size--;
        if (size == 0 && hosted != null) lane.left(this);
    }

    private void onLive(HostedTopic topic) {
        hosted = topic;
        List<Asking> asked = asked();
        if (size == 0) lane.left(this);
        for (Asking each : asked) {
            if (each.subscription.hasEnded()) each.outcome.onRefused(each.subscription, new UnsubscribedException());
            else start(each);
        }
    }

    private void onRefused(RuntimeException why) {
        lane.forget(this);
        List<Asking> asked = asked();
        for (Asking each : asked) {
            each.subscription.end();
            each.outcome.onRefused(each.subscription, why);
        }
    }

    private void start(Asking asking) {
        new Beginning(this, asking.subscription, asking.outcome).start(asking.since);
    }

    private void answer(CompletionStage<Page> stage, BiConsumer<@Nullable Page, @Nullable Throwable> answer) {
        stage.whenComplete((page, failure) -> loop().execute(() -> answer.accept(page, failure)));
    }

    private void visitAll() {
        // Before any head is read: an event that comes later signals again.
        signalled = 0;
        toVisit = waiting.size();
        visitSome();
    }

    /** From the front of those that wait; who has read all comes back to the end, behind those still to be visited. */
    private void visitSome() {
        int slice = Math.min(toVisit, lane.fanOutSlice());
        // If one of them ends meanwhile, another is visited twice, and finds nothing.
        toVisit -= slice;
        try {
            for (int i = 0; i < slice; i++) {
                Subscription subscription = waiting.poll();
                if (subscription == null) break;
                subscription.ready();
            }
        } finally {
            // Whatever one of them did wrong, the others get theirs.
            visitRest();
        }
    }

    private void visitRest() {
        if (toVisit > 0) {
            loop().later(this::visitSome);
        } else if (again) {
            again = false;
            visitAll();
        }
    }

    private void ask(Asking one) {
        if (asking == null) asking = new ArrayList<>(1);
        asking.add(one);
    }

    private List<Asking> asked() {
        List<Asking> asked = asking;
        asking = null;
        return asked == null ? List.of() : asked;
    }

    private EventLoop loop() {
        return lane.loop();
    }

    private record Asking(Subscription subscription, Since since, Subscriber.Outcome outcome) {}
}
