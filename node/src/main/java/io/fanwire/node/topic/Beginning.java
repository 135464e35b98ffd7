package io.fanwire.node.topic;

import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.protocol.Position;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where one subscription starts: in the log if what was asked for is there, else in the history. A log that is
 * behind what the subscriber has had from another node is waited for. All state is owned by the lane.
 */
final class Beginning {
    private final Audience audience;
    private final Subscription subscription;
    private final Subscriber.Outcome outcome;

    Beginning(Audience audience, Subscription subscription, Subscriber.Outcome outcome) {
        this.audience = audience;
        this.subscription = subscription;
        this.outcome = outcome;
    }

    void start(Since since) {
        if (since instanceof Since.Point point) find(point.start(), true);
        else if (!(since instanceof Since.After after)) startInLog(head(), Started.at(head().position()));
        else if (audience.hosted().namespace().resume()) resume(after.position());
        else startAtHead(false);
    }

    private void resume(Position asked) {
        Mark place = audience.hosted().log().find(asked);
        if (place != null) {
            audience.stats().started(DeliveryStats.Start.LOG);
            startInLog(place, Started.resumedAt(asked));
            return;
        }
        long from = PageShelf.aligned(asked.offset() + 1);
        audience.fetch(from, asked.offset(), unlessOver(page -> {
            if (page.lineage().holds(asked)) resumeBehind(asked, page.lineage(), page);
            // The page may have been read before the position was given out.
            else audience.look(unlessOver(now -> resume(asked, now.lineage())));
        }));
    }

    private void resume(Position asked, Lineage now) {
        if (now.holds(asked)) resumeBehind(asked, now, null);
        else if (asked.epoch() == now.newest().epoch()) startAtHead(true);
        else startAnew(asked, now);
    }

    private void resumeBehind(Position asked, Lineage lineage, @Nullable Page page) {
        audience.stats().started(DeliveryStats.Start.HISTORY);
        startBehind(Started.resumedAt(new Position(lineage.newest().epoch(), asked.offset())), page);
    }

    /** Where the new epoch goes on from what the subscriber knows, or where its history begins. */
    private void startAnew(Position asked, Lineage lineage) {
        long shared = lineage.shared(asked.epoch());
        if (shared == 0) {
            find(new HistoryQuery.Start.Beginning(), false);
        } else {
            audience.stats().started(DeliveryStats.Start.LOST);
            startBehind(Started.at(new Position(lineage.newest().epoch(), shared)), null);
        }
    }

    private void find(HistoryQuery.Start start, boolean asAsked) {
        audience.find(start, unlessOver(page -> {
            Position before = new Position(page.lineage().newest().epoch(), Math.max(0, page.from() - 1));
            audience.stats().started(asAsked ? DeliveryStats.Start.HISTORY : DeliveryStats.Start.LOST);
            Mark place = audience.hosted().log().find(before);
            if (place != null) startInLog(place, Started.at(before));
            else startBehind(Started.at(before), null);
        }));
    }

    private void startAtHead(boolean positionLost) {
        audience.stats().started(DeliveryStats.Start.LOST);
        Mark head = head();
        startInLog(head, new Started(head.position(), false, positionLost));
    }

    private void startInLog(Mark place, Started started) {
        subscription.start(place);
        ready(started);
    }

    private void startBehind(Started started, @Nullable Page page) {
        subscription.startBehind(started.position(), page);
        ready(started);
    }

    private void ready(Started started) {
        outcome.onSubscribed(subscription, started);
        // Through the subscriber rather than straight to waiting: what came since the head was read has been signalled.
        if (!subscription.hasEnded()) subscription.subscriber.onReady(subscription);
    }

    private Mark head() {
        return audience.hosted().log().head();
    }

    /** For an answer that comes later: the subscription may have ended meanwhile, or there is none. */
    private BiConsumer<@Nullable Page, @Nullable Throwable> unlessOver(Consumer<Page> then) {
        return (page, failure) -> {
            if (page == null) refuse(TopicRegistry.asRuntime(failure));
            else if (subscription.hasEnded()) refuse(new UnsubscribedException());
            else then.accept(page);
        };
    }

    private void refuse(RuntimeException why) {
        subscription.end();
        outcome.onRefused(subscription, why);
    }
}
