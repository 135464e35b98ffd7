package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Position;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gets some topics in line with Redis, in four steps: subscribe and wait for Redis' word; read each topic's newest
 * position on the command connection; send a ping after it on the subscriber connection; when its answer comes, every
 * publication up to the position read has arrived or never will, so what is missing is told. This finds the loss of a
 * topic's last message too. (With history, the missing ones would be fetched here, before they are told.) Owned by the
 * subscriber loop.
 */
final class Enrolment {
    private final Subscriptions subscriptions;
    private final List<TopicSubscription> batch;
    private final SubscriberConnection connection;
    private final TopicPositions positions;
    private final RedisMetrics metrics;
    private final Executor loop;

    Enrolment(
            Subscriptions subscriptions,
            List<TopicSubscription> batch,
            SubscriberConnection connection,
            TopicPositions positions,
            RedisMetrics metrics,
            Executor loop) {
        this.subscriptions = subscriptions;
        this.batch = batch;
        this.connection = connection;
        this.positions = positions;
        this.metrics = metrics;
        this.loop = loop;
    }

    /** Fails if the connection is lost or the positions can't be read. */
    CompletionStage<Void> run() {
        CompletableFuture<?>[] confirmations = new CompletableFuture<?>[batch.size()];
        for (int i = 0; i < confirmations.length; i++) confirmations[i] = subscribe(batch.get(i));
        return CompletableFuture.allOf(confirmations).thenCompose(confirmed -> compare());
    }

    private CompletableFuture<Void> subscribe(TopicSubscription subscription) {
        return connection
                .subscribe(subscription.channel)
                .handle((confirmed, failure) -> failure)
                .thenCompose(failure -> confirmed(subscription, failure))
                .toCompletableFuture();
    }

    private CompletionStage<Void> confirmed(TopicSubscription subscription, @Nullable Throwable failure) {
        if (failure == null) {
            if (!subscription.confirmed && subscription.opened.isDone()) metrics.restored();
            subscription.confirmed = true;
            return CompletableFuture.completedStage(null);
        }
        boolean mayRefuse = !subscription.opened.isDone() && failure instanceof RedisCommandExecutionException;
        if (!mayRefuse) return CompletableFuture.failedStage(failure);
        subscriptions.drop(subscription, RedisFailure.translate(failure));
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> compare() {
        List<@Nullable Position> known =
                batch.stream().map(TopicSubscription::known).toList();
        return positions
                .read(batch, known)
                .thenComposeAsync(newest -> connection.ping().thenAccept(pong -> settle(known, newest)), loop);
    }

    private void settle(List<@Nullable Position> known, List<Position> newest) {
        for (int i = 0; i < batch.size(); i++) {
            TopicSubscription subscription = batch.get(i);
            if (!subscriptions.contains(subscription)) continue;
            if (!subscription.settle(known.get(i), newest.get(i))) subscriptions.enqueue(subscription);
        }
    }
}
