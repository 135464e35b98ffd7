package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.Lineage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gets some topics in line with Redis, in four steps: subscribe and wait for Redis' word; read where each topic stands on
 * the command connection; send a ping after it on the subscriber connection; when its answer comes, every publication up
 * to the position read has arrived or never will, so what is missing can be fetched or told. This finds the loss of a
 * topic's last message too. Owned by the subscriber loop.
 */
final class Enrolment {
    private final Subscriptions subscriptions;
    private final List<TopicSubscription> batch;
    private final PubSub connection;
    private final TopicReader reader;
    private final RedisMetrics metrics;
    private final Executor loop;

    Enrolment(
            Subscriptions subscriptions,
            List<TopicSubscription> batch,
            PubSub connection,
            TopicReader reader,
            RedisMetrics metrics,
            Executor loop) {
        this.subscriptions = subscriptions;
        this.batch = batch;
        this.connection = connection;
        this.reader = reader;
        this.metrics = metrics;
        this.loop = loop;
    }

    /** Fails if the connection is lost or nothing can be read. */
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
        BackplaneException why = RedisFailure.translate(failure);
        boolean mayRefuse = !subscription.opened.isDone() && why.kind() == Kind.FAILED;
        if (!mayRefuse) return CompletableFuture.failedStage(why);
        subscriptions.drop(subscription, why);
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> compare() {
        List<TopicReader.Known> known =
                batch.stream().map(TopicSubscription::known).toList();
        return reader.compare(known)
                .thenComposeAsync(standings -> connection.ping().thenAccept(pong -> settle(known, standings)), loop);
    }

    private void settle(List<TopicReader.Known> known, List<TopicReader.Standing> standings) {
        for (int i = 0; i < batch.size(); i++) {
            TopicSubscription subscription = batch.get(i);
            if (subscriptions.contains(subscription)) settle(subscription, known.get(i), standings.get(i));
        }
    }

    /** A topic that Redis can't read is no use to a new subscriber; who has it already keeps it until it is mended. */
    private void settle(TopicSubscription subscription, TopicReader.Known known, TopicReader.Standing standing) {
        Lineage lineage = standing.lineage();
        if (lineage != null) {
            if (!subscription.settle(known, lineage)) subscriptions.enqueue(subscription);
            subscriptions.review(subscription);
        } else if (standing.failure() != null) {
            metrics.unreadable();
            if (!subscription.opened.isDone()) subscriptions.drop(subscription, standing.failure());
        }
    }
}
