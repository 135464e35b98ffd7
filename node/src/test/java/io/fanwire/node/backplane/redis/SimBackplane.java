package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * One node's end of the simulated Redis: the real subscriptions, sequences, comparisons and fills, on simulated
 * connections. Connections come back when the simulation says so.
 */
public final class SimBackplane implements Backplane {
    private final RedisMetrics metrics = new RedisMetrics(new SimpleMeterRegistry());
    private final Backlog.Room room = new Backlog.Room(4 << 10);
    private final SimServer server;
    private final Random random;
    private final boolean history;
    private final SimLoop loop;
    private final Subscriptions subscriptions;
    private SimCommands commands;
    private SimPubSub pubSub;
    private boolean subscribed;

    public SimBackplane(SimServer server, boolean history, LongSupplier nanoTime, Random random) {
        this.server = server;
        this.history = history;
        this.random = random;
        loop = new SimLoop(nanoTime);
        commands = new SimCommands(new SimConnection(random), server);
        subscriptions = new Subscriptions(loop, new PresentReader(), metrics);
        pubSub = new SimPubSub(new SimConnection(random), server, subscriptions::received);
        server.join(this);
        reconnect();
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        return commands.publish(topic, publication.body());
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        TopicSubscription subscription =
                new TopicSubscription(topic, SimServer.channel(topic.name()), history, listener, room, metrics);
        CompletableFuture<Position> opened = subscription.opened;
        loop.execute(() -> subscriptions.add(subscription));
        return opened;
    }

    @Override
    public void unsubscribe(Topic topic) {
        loop.execute(() -> subscriptions.remove(SimServer.channel(topic.name())));
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return commands.read(topic, query);
    }

    @Override
    public BackplaneState state() {
        return BackplaneState.UP;
    }

    @Override
    public void close() {}

    /** One of the node's connections breaks, or both. */
    void loseConnections() {
        int which = random.nextInt(3);
        if (which != 0) commands.breakOff();
        if (which != 1) losePubSub();
    }

    /** Something goes on. @return whether there was anything */
    public boolean step() {
        return switch (random.nextInt(3)) {
            case 0 -> loop.step() || commands.step() || pubSub.step();
            case 1 -> commands.step() || pubSub.step() || loop.step();
            default -> pubSub.step() || loop.step() || commands.step();
        };
    }

    /** What is broken is replaced by a new connection. */
    public void reconnect() {
        if (commands.isBroken()) commands = new SimCommands(new SimConnection(random), server);
        if (!subscribed) {
            pubSub = new SimPubSub(new SimConnection(random), server, subscriptions::received);
            subscribed = true;
            subscriptions.connected(pubSub);
        }
    }

    /** As is done every so often. */
    public void compareAll() {
        subscriptions.all().forEach(subscriptions::compare);
    }

    public int subscribedTopics() {
        return subscriptions.count();
    }

    private void losePubSub() {
        if (!subscribed) return;
        subscribed = false;
        pubSub.breakOff();
        subscriptions.disconnected();
    }

    /** Asks on the connection that there is. */
    private final class PresentReader implements TopicReader {
        @Override
        public CompletionStage<List<Standing>> compare(List<Known> topics) {
            return commands.compare(topics);
        }

        @Override
        public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
            return commands.read(topic, query);
        }
    }
}
