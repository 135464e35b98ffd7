package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Member;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.namespace.UnknownNamespaceException;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MAX_BACKLOGS = 64 << 20;

    private final RedisClients clients;
    private final ScheduledThreadPoolExecutor timer;
    private final RedisKeys keys;
    private final RedisCalls calls;
    private final RedisMetrics metrics;
    private final Namespaces namespaces;
    private final List<CommandLink> links = new ArrayList<>();
    private final CommandLink commands;
    private final Publisher publisher;
    private final TopicReader reader;
    private final Members members;
    private final Reads reads = new Reads();
    private final Loop loop;
    private final Backlog.Room backlogs = new Backlog.Room(MAX_BACKLOGS);
    private final Subscriptions subscriptions;
    private final SubscriberLink subscriber;
    private volatile boolean closed;

    /**
     * Connects, and waits for a Redis that is away as long as {@link RedisConfig#startTimeout} says.
     *
     * @throws BackplaneException whose message says in one line which Redis can't be used, and why: {@link Kind#UNAVAILABLE}
     *     for what may pass, {@link Kind#FAILED} for what somebody has to mend
     */
    public static RedisBackplane connect(RedisConfig config, Namespaces namespaces, MeterRegistry meters) {
        return new FirstConnection(config).open(() -> connectOnce(config, namespaces, meters));
    }

    private static RedisBackplane connectOnce(RedisConfig config, Namespaces namespaces, MeterRegistry meters) {
        RedisClients clients = new RedisClients(config);
        try {
            return new RedisBackplane(config, clients, namespaces, meters);
        } catch (BackplaneException e) {
            clients.close();
            throw e;
        }
    }

    private RedisBackplane(RedisConfig config, RedisClients clients, Namespaces namespaces, MeterRegistry meters) {
        this.clients = clients;
        this.namespaces = namespaces;
        metrics = new RedisMetrics(meters);
        commands = link("command");
        CommandLink histories = link("history");
        CommandLink replicated = namespaces.needReplica() ? link("replicated") : null;
        var connection = clients.connectSubscriber();
        awaitGreetings(config.commandTimeout());
        if (!commands.knowsRedis())
            log.warn("Redis does not tell its run id: a failover is only noticed by its losses");
        timer = timer();
        calls = new RedisCalls(config.commandTimeout(), timer, meters);
        keys = new RedisKeys(config.keyPrefix());
        members = new Members(commands, calls, keys);
        Duration patience = config.commandTimeout().dividedBy(2);
        Replication replication = replicated == null ? null : new Replication(replicated, calls, patience);
        publisher = new Publisher(commands, replication, calls, config, metrics);
        loop = new NettyLoop(clients.subscriberLoop());
        reader = new TopicScripts(commands, histories, calls, config, namespaces);
        subscriptions = new Subscriptions(loop, reader, metrics);
        subscriber = new SubscriberLink(clients, commands, loop, subscriptions, config, metrics);
        registerGauges();
        // Waited for, so that a backplane that is connected is up.
        clients.subscriberLoop().submit(() -> subscriber.start(connection)).syncUninterruptibly();
        new Rounds(loop, subscriptions, config.compareInterval(), new Random()).start();
        for (CommandLink link : links) every(PROBE, () -> calls.probe(link::ping));
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return inNamespace(topic, namespace -> publisher.publish(topic, namespace, publication));
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        return inNamespace(topic, namespace -> {
            boolean history = namespace.history().isKept();
            TopicSubscription subscription =
                    new TopicSubscription(topic, keys.channel(topic), history, listener, backlogs, metrics);
            CompletableFuture<Position> opened = subscription.opened;
            try {
                clients.subscriberLoop().execute(() -> subscriptions.add(subscription));
            } catch (RejectedExecutionException e) {
                opened.completeExceptionally(closed());
            }
            return opened;
        });
    }

    @Override
    public void unsubscribe(Topic topic) {
        String channel = keys.channel(topic);
        loop.execute(() -> subscriptions.remove(channel));
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return inNamespace(topic, namespace -> reads.read(() -> reader.read(topic, query)));
    }

    @Override
    public CompletionStage<List<Member>> announce(Member self, Duration lease) {
        return members.announce(self, lease);
    }

    @Override
    public BackplaneState state() {
        return trouble().isEmpty() ? BackplaneState.UP : BackplaneState.DOWN;
    }

    @Override
    public String trouble() {
        if (closed) return "Redis: the backplane is closed";
        for (CommandLink link : links) {
            if (!link.isReady()) return "Redis: not connected";
        }
        if (!calls.refusal().isEmpty()) return "Redis: " + calls.refusal();
        if (calls.areRefused()) return "Redis: it has stopped answering";
        if (!subscriber.isUp()) return "Redis: no connection for subscriptions";
        return subscriber.isDeaf() ? "Redis: the canary does not come back" : "";
    }

    /** Takes a few seconds at most, even if Redis does not answer. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        calls.close();
        clients.subscriberLoop().submit(subscriber::close).awaitUninterruptibly(PATIENCE.toMillis());
        for (CommandLink link : links) link.close();
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

    private <T> CompletionStage<T> inNamespace(Topic topic, Function<Namespace, CompletionStage<T>> work) {
        try {
            return work.apply(namespaces.of(topic));
        } catch (UnknownNamespaceException e) {
            return CompletableFuture.failedStage(RedisFailure.translate(e));
        }
    }

    private CommandLink link(String name) {
        CommandLink link = new CommandLink(clients.connectCommands(), metrics.reconnects(name));
        links.add(link);
        return link;
    }

    /** @throws BackplaneException if Redis does not greet in time */
    private void awaitGreetings(Duration patience) {
        try {
            for (CommandLink link : links) {
                link.opened().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException e) {
            throw cannotConnect(RedisFailure.kindOfConnecting(e), RedisFailure.rootCause(e));
        } catch (TimeoutException e) {
            throw cannotConnect(Kind.UNAVAILABLE, "it does not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackplaneException(Kind.FAILED, "interrupted while connecting to " + clients.shownUri());
        }
    }

    private BackplaneException cannotConnect(Kind kind, String why) {
        return new BackplaneException(kind, "cannot connect to " + clients.shownUri() + ": " + why);
    }

    private static BackplaneException closed() {
        return new BackplaneException(Kind.UNAVAILABLE, "the backplane is closed");
    }

    private void registerGauges() {
        metrics.gauge("up", () -> state() == BackplaneState.UP ? 1 : 0);
        metrics.gauge("subscriber.up", () -> subscriber.isUp() ? 1 : 0);
        metrics.gauge("subscriptions", subscriptions::count);
        metrics.gauge("publishes.in.flight", publisher.inFlight()::count);
        metrics.gauge("publish.bytes.in.flight", publisher.inFlight()::bytes);
        metrics.gauge("reads.in.flight", reads::underWay);
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
