package io.fanwire.node.sim;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.session.HeartbeatConfig;
import io.fanwire.node.session.Lane;
import io.fanwire.node.session.SessionConfig;
import io.fanwire.node.session.Sessions;
import io.fanwire.node.topic.LogConfig;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The engine of one node without sockets, threads or a clock: real lanes, logs, cursors and sessions, turned by hand in
 * an order that a seed decides.
 */
final class Simulation {
    private static final int LANES = 3;
    private static final int CLIENTS = 12;
    private static final int TOPICS = 4;

    // Small, so that a lane's other work comes between.
    private static final int FAN_OUT_SLICE = 2;

    private static final LogConfig LOG = new LogConfig(8192, Duration.ofSeconds(20), 2048);

    private final SimClock clock = new SimClock();
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Random random;
    private final long allLogsBytes;
    private final SimBackplane backplane;
    private final TopicRegistry topics;
    private final Sessions sessions;
    private final List<Lane> lanes = new ArrayList<>();
    private long delivered;
    private long gaps;

    Simulation(long seed) {
        random = new Random(seed);
        // As much as the logs may have one by one, or less, so that they take it from each other.
        allLogsBytes = (long) LOG.maxBytes() * (random.nextBoolean() ? TOPICS : 1);
        backplane = new SimBackplane(random);
        EventLoop topicLoop = new EventLoop("topics", clock);
        TopicConfig topicConfig = new TopicConfig(100, Duration.ofSeconds(1), allLogsBytes, FAN_OUT_SLICE, LOG);
        topics = new TopicRegistry(topicLoop, clock, backplane, Namespaces.DEFAULT, topicConfig);
        loops.add(topicLoop);
        for (int i = 0; i < LANES; i++) {
            Lane lane = new Lane(new EventLoop("lane-" + i, clock), topics);
            lanes.add(lane);
            loops.add(lane.loop());
        }
        SessionConfig config = new SessionConfig(
                new HeartbeatConfig(Duration.ofSeconds(5), Duration.ofSeconds(5)), Duration.ofSeconds(5), 4096, 100);
        sessions = new Sessions("sim", config, Namespaces.DEFAULT, backplane, Clock.systemUTC(), lanes);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            checkMemoryBound();
        }
        settle();
        checkNothingFailed();
        checkEverySubscriberIsUpToDate();
        leaveAll();
        checkNothingIsHeld();
    }

    long delivered() {
        return delivered;
    }

    long gaps() {
        return gaps;
    }

    /** Bytes that logs lost to others. */
    long droppedLogBytes() {
        return topics.droppedLogBytes();
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0 -> replaceOrAddClient();
            case 1 -> clock.advance(Duration.ofMillis(random.nextInt(400)));
            case 2, 3, 4, 5 -> anyClient().act(anyTopic());
            case 6, 7, 8 -> anyClient().drain();
            case 9, 10, 11, 12 -> backplane.step();
            default -> loops.get(random.nextInt(loops.size())).turn();
        }
    }

    private void replaceOrAddClient() {
        if (clients.size() < CLIENTS) {
            clients.add(new SimClient(random, sessions));
        } else if (random.nextInt(3) == 0) {
            SimClient leaving = clients.get(random.nextInt(CLIENTS));
            leaving.disconnect();
            retire(leaving);
            clients.add(new SimClient(random, sessions));
        }
    }

    private void retire(SimClient client) {
        clients.remove(client);
        delivered += client.delivered;
        gaps += client.gaps;
    }

    private SimClient anyClient() {
        if (clients.isEmpty()) clients.add(new SimClient(random, sessions));
        return clients.get(random.nextInt(clients.size()));
    }

    private String anyTopic() {
        return "sim:" + random.nextInt(TOPICS);
    }

    /** Everything that is under way comes to its end. */
    private void settle() {
        backplane.heal();
        clients.forEach(SimClient::unstall);
        for (boolean busy = true; busy; ) {
            busy = backplane.step();
            for (EventLoop loop : loops) busy |= loop.turn();
            for (SimClient client : clients) busy |= client.drain();
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

    private void checkMemoryBound() {
        if (topics.logBytes() > allLogsBytes) {
            throw new AssertionError("memory bound exceeded: " + topics.logBytes());
        }
    }

    private void checkNothingFailed() {
        long failures = loops.stream().mapToLong(EventLoop::failures).sum();
        if (failures > 0) throw new AssertionError(failures + " tasks failed");
    }

    private void checkEverySubscriberIsUpToDate() {
        for (SimClient client : clients) {
            if (client.isGone() || client.closedFor() != null) continue;
            if (client.expectedReplies > 0 && client.isConnected()) {
                throw new AssertionError(client.expectedReplies + " commands were never answered");
            }
            for (Map.Entry<String, Long> view : client.upTo().entrySet()) {
                long newest = backplane.offset(view.getKey());
                if (view.getValue() != newest) {
                    throw new AssertionError("missing in silence: " + view + ", newest is " + newest);
                }
            }
        }
    }

    private void checkNothingIsHeld() {
        checkNothingFailed();
        long subscriptions =
                lanes.stream().mapToLong(lane -> lane.stats().subscriptions()).sum();
        if (subscriptions != 0) throw new AssertionError(subscriptions + " subscriptions are left");
        if (topics.topics() != 0) throw new AssertionError(topics.topics() + " topics are left");
        if (topics.logBytes() != 0) throw new AssertionError(topics.logBytes() + " log bytes are left");
        if (backplane.subscribedTopics() != 0) throw new AssertionError("topics are left in the backplane");
        if (sessions.stats().sessions() != 0) throw new AssertionError("sessions are left");
    }
}
