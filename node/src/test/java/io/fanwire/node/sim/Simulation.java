package io.fanwire.node.sim;

import io.fanwire.node.backplane.redis.SimChronicle;
import io.fanwire.node.backplane.redis.SimRedis;
import io.fanwire.node.backplane.redis.SimServer;
import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.topic.LogConfig;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small cluster without sockets, threads or a clock: real lanes, logs, cursors, sessions and the real logic of the
 * Redis backplane, turned by hand in an order that a seed decides. The simulated Redis drops and repeats messages,
 * forgets subscriptions, cuts connections, loses its newest writes or all of them, and comes back with new epochs.
 */
final class Simulation {
    private static final int NODES = 2;
    private static final int CLIENTS = 12;
    private static final int TOPICS = 4;

    // Small, so that a lane's other work comes between.
    private static final int FAN_OUT_SLICE = 2;

    private static final LogConfig LOG = new LogConfig(8192, Duration.ofSeconds(20), 2048);

    private final SimClock clock = new SimClock();
    private final SimChronicle chronicle = new SimChronicle();
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Random random;
    private final SimServer server;
    private long delivered;
    private long gaps;

    Simulation(long seed) {
        random = new Random(seed);
        int historySize = random.nextInt(4) == 0 ? 0 : 5 + random.nextInt(200);
        Namespace namespace = new Namespace(
                Namespace.DEFAULT_NAME,
                new HistoryConfig(historySize, Duration.ofMinutes(5), 1 << 20),
                random.nextInt(8) != 0,
                FallBehind.values()[random.nextInt(FallBehind.values().length)],
                4096,
                Durability.ACKNOWLEDGED);
        // As much as the logs may have one by one, or less, so that they take it from each other.
        long allLogsBytes = (long) LOG.maxBytes() * (random.nextBoolean() ? TOPICS : 1);
        TopicConfig config = new TopicConfig(100, Duration.ofSeconds(1), allLogsBytes, FAN_OUT_SLICE, LOG);
        server = new SimServer(new SimRedis(historySize, chronicle), random);
        for (int i = 0; i < NODES; i++) nodes.add(new SimNode(server, namespace, config, clock, random));
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) step();
        settle();
        nodes.forEach(SimNode::checkNothingFailed);
        checkEverySubscriberIsUpToDate();
        leaveAll();
        nodes.forEach(SimNode::checkNothingIsHeld);
    }

    long delivered() {
        return delivered;
    }

    long gaps() {
        return gaps;
    }

    /** Bytes that logs lost to others. */
    long droppedLogBytes() {
        return nodes.stream().mapToLong(SimNode::droppedLogBytes).sum();
    }

    /** Pages of history that subscribers wanted. */
    long pages() {
        return nodes.stream().mapToLong(SimNode::catchUps).sum();
    }

    private void step() {
        switch (random.nextInt(24)) {
            case 0 -> replaceOrAddClient();
            case 1 -> clock.advance(Duration.ofMillis(random.nextInt(400)));
            case 2 -> disturb();
            case 3, 4, 5, 6 -> anyClient().act(anyTopic());
            case 7, 8, 9 -> anyClient().drain();
            default -> anyNode().step();
        }
    }

    private void disturb() {
        switch (random.nextInt(12)) {
            case 0 -> server.misbehave();
            case 1 -> anyNode().backplane.compareAll();
            case 2 -> {
                if (random.nextInt(4) == 0) server.redis().deleteHistory(anyTopic());
            }
            default -> anyNode().backplane.reconnect();
        }
    }

    private void replaceOrAddClient() {
        if (clients.size() < CLIENTS) {
            addClient(Map.of());
        } else if (random.nextInt(3) == 0) {
            SimClient leaving = clients.get(random.nextInt(CLIENTS));
            leaving.disconnect();
            retire(leaving);
            addClient(random.nextInt(5) == 0 ? Map.of() : leaving.seen());
        }
    }

    private void addClient(Map<String, SimView> seen) {
        clients.add(new SimClient(random, anyNode().sessions, chronicle, seen));
    }

    private void retire(SimClient client) {
        clients.remove(client);
        delivered += client.delivered;
        gaps += client.gaps;
    }

    private SimClient anyClient() {
        if (clients.isEmpty()) addClient(Map.of());
        return clients.get(random.nextInt(clients.size()));
    }

    private SimNode anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private String anyTopic() {
        return "sim:" + random.nextInt(TOPICS);
    }

    /** Everything that is under way comes to its end, and everything that was lost is found. */
    private void settle() {
        server.heal();
        clients.forEach(SimClient::unstall);
        // Repetitions and comparisons come a while later; each may lead to another.
        for (int round = 0; round < 8; round++) {
            nodes.forEach(node -> {
                node.backplane.reconnect();
                node.backplane.compareAll();
            });
            for (int i = 0; i < 4; i++) {
                finishWork();
                clock.advance(Duration.ofMillis(400));
            }
        }
        finishWork();
    }

    private void finishWork() {
        for (int idle = 0; idle < 3; ) {
            boolean busy = false;
            for (SimNode node : nodes) busy |= node.settle();
            for (SimClient client : clients) busy |= client.drain();
            idle = busy ? 0 : idle + 1;
        }
    }

    private void leaveAll() {
        List.copyOf(clients).forEach(client -> {
            client.disconnect();
            retire(client);
        });
        settle();
        clock.advance(Duration.ofSeconds(2));
        settle();
    }

    private void checkEverySubscriberIsUpToDate() {
        for (SimClient client : clients) {
            if (client.isGone() || client.closedFor() != null) continue;
            if (client.expectedReplies > 0 && client.isConnected()) {
                throw new AssertionError(client.expectedReplies + " commands were never answered");
            }
            for (SimView view : client.views()) {
                Position newest = server.redis().newest(view.topic());
                if (!view.last().equals(newest)) {
                    throw new AssertionError("missing in silence: " + view + ", newest is " + newest);
                }
            }
        }
    }
}
