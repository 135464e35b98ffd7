package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries publications through Redis: one script gives each publication its offset and publishes it, every node with a
 * subscriber hears the topic's channel, and compares offsets so that no loss stays silent.
 *
 * <p>Three threads: the subscriber loop owns the subscriptions, calls all listeners and completes the stages of {@link
 * #subscribe}; the command loop completes those of {@link #publish}, unless the timer does, from which timeouts and
 * repetitions come. While the subscriber connection is down, new subscriptions fail at once with {@link
 * Kind#UNAVAILABLE}, and those that exist are restored when it is back.
 *
 * <p>When Redis has lost a topic's position (a restart without its data, an eviction, a failover to a replica that lagged
 * behind), subscribers are told of the new epoch as soon as that is noticed, at the latest after the next reconnect, and
 * not only with the next publication.
 */
public final class RedisBackplane implements Backplane {
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RedisClients clients;
    private final ScheduledThreadPoolExecutor timer;
    private final RedisKeys keys;
    private final RedisCalls calls;
    private final RedisMetrics metrics;
    private final CommandLink commands;
    private final Publisher publisher;
    private final EventLoop loop;
    private final Subscriptions subscriptions;
    private final SubscriberLink subscriber;

    /**
     * Connects.
     *
     * @throws BackplaneException whose message says in one line which Redis can't be used, and why
     */
    public static RedisBackplane connect(RedisConfig config, Namespaces namespaces, MeterRegistry meters) {
        RedisClients clients = new RedisClients(config);
        try {
            return new RedisBackplane(config, clients, meters);
        } catch (BackplaneException e) {
            clients.close();
            throw e;
        }
    }

    private RedisBackplane(RedisConfig config, RedisClients clients, MeterRegistry meters) {
        this.clients = clients;
        metrics = new RedisMetrics(meters);
        commands = new CommandLink(clients.connectCommands(), metrics);
        var connection = clients.connectSubscriber();
        timer = timer();
        calls = new RedisCalls(config.commandTimeout(), timer, meters);
        keys = new RedisKeys(config.keyPrefix());
        publisher = new Publisher(commands, calls, config, metrics);
        loop = clients.subscriberLoop();
        subscriptions = new Subscriptions(loop, new TopicPositions(commands, calls, keys, config.topicTtl()), metrics);
        subscriber = new SubscriberLink(clients, subscriptions, config, metrics);
        registerGauges();
        // Waited for, so that a backplane that is connected is up.
        loop.submit(() -> subscriber.start(connection)).syncUninterruptibly();
        every(PROBE, () -> calls.once(commands::ping));
        every(config.topicTtl().dividedBy(4), () -> loop.execute(subscriptions::compareAll));
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return publisher.publish(topic, publication);
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        TopicSubscription subscription = new TopicSubscription(topic, keys.channel(topic), listener, metrics);
        CompletableFuture<Position> opened = subscription.opened;
        try {
            loop.execute(() -> subscriptions.add(subscription));
        } catch (RejectedExecutionException e) {
            opened.completeExceptionally(new BackplaneException(Kind.UNAVAILABLE, "the backplane is closed"));
        }
        return opened;
    }

    @Override
    public void unsubscribe(Topic topic) {
        String channel = keys.channel(topic);
        try {
            loop.execute(() -> subscriptions.remove(channel));
        } catch (RejectedExecutionException e) {
            // Closed: every subscription has ended already.
            return;
        }
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return CompletableFuture.failedStage(new BackplaneException(Kind.FAILED, "history is not built yet"));
    }

    @Override
    public BackplaneState state() {
        return commands.isReady() && subscriber.isUp() && !calls.areRefused() ? BackplaneState.UP : BackplaneState.DOWN;
    }

    /** Takes a few seconds at most, even if Redis does not answer. */
    @Override
    public void close() {
        calls.close();
        try {
            loop.submit(subscriber::close).awaitUninterruptibly(PATIENCE.toMillis());
        } catch (RejectedExecutionException e) {
            // Closed before.
            return;
        }
        commands.close();
        clients.close();
        awaitTimer();
    }

    /** What waits for a repetition or a timeout fails by it, soon. */
    private void awaitTimer() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) timer.shutdownNow();
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void registerGauges() {
        metrics.gauge("up", () -> state() == BackplaneState.UP ? 1 : 0);
        metrics.gauge("subscriber.up", () -> subscriber.isUp() ? 1 : 0);
        metrics.gauge("subscriptions", subscriptions::count);
        metrics.gauge("publishes.in.flight", publisher::inFlight);
    }

    /** Asks now and then, so that state and breaker recover without a client's call. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    private void every(Duration interval, Runnable work) {
        timer.scheduleWithFixedDelay(work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, RedisBackplane::timerThread);
        // Nearly every timeout is cancelled; without this they would pile up until their time.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static Thread timerThread(Runnable work) {
        Thread thread = new Thread(work, "fanwire-redis-timer");
        thread.setDaemon(true);
        return thread;
    }
}
