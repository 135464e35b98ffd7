package io.fanwire.node.sim;

import io.fanwire.node.backplane.redis.SimBackplane;
import io.fanwire.node.backplane.redis.SimServer;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.session.HeartbeatConfig;
import io.fanwire.node.session.Lane;
import io.fanwire.node.session.RateConfig;
import io.fanwire.node.session.SessionConfig;
import io.fanwire.node.session.SessionLimits;
import io.fanwire.node.session.Sessions;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One node of a simulated cluster: the real engine, and the real logic of the Redis backplane, turned by hand. */
final class SimNode {
    private static final SessionLimits LIMITS = new SessionLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ZERO,
            128 << 10,
            1_000,
            4_096,
            100,
            RateConfig.UNLIMITED);

    private static final int LANES = 2;

    final SimBackplane backplane;
    final Sessions sessions;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final TopicRegistry topics;
    private final Random random;
    private final long maxLogBytes;

    SimNode(SimServer server, Namespace namespace, TopicConfig config, SimClock clock, Random random) {
        this.random = random;
        this.maxLogBytes = config.maxLogBytes();
        Namespaces namespaces = Namespaces.of(namespace);
        backplane = new SimBackplane(server, namespace.history().isKept(), clock::nanoTime, random);
        EventLoop topicLoop = new EventLoop("topics", clock);
        topics = new TopicRegistry(topicLoop, clock, backplane, namespaces, config);
        loops.add(topicLoop);
        for (int i = 0; i < LANES; i++) {
            Lane lane = new Lane(new EventLoop("lane-" + i, clock), topics);
            lanes.add(lane);
            loops.add(lane.loop());
        }
        HeartbeatConfig heartbeat =
                new HeartbeatConfig(Duration.ofMinutes(2), Duration.ofMinutes(1)); // settling takes its time
        SessionConfig session = new SessionConfig(heartbeat, LIMITS);
        sessions = new Sessions("sim", session, namespaces, backplane, Clock.systemUTC(), lanes);
    }

    void step() {
        if (random.nextBoolean()) backplane.step();
        else loops.get(random.nextInt(loops.size())).turn();
        if (topics.logBytes() > maxLogBytes) throw new AssertionError("memory bound exceeded: " + topics.logBytes());
    }

    /** @return whether anything went on */
    boolean settle() {
        boolean busy = backplane.step();
        for (EventLoop loop : loops) busy |= loop.turn();
        return busy;
    }

    long droppedLogBytes() {
        return topics.droppedLogBytes();
    }

    long catchUps() {
        return topics.pagesAsked();
    }

    void checkNothingFailed() {
        long failures = loops.stream().mapToLong(EventLoop::failures).sum();
        if (failures > 0) throw new AssertionError(failures + " tasks failed");
    }

    void checkNothingIsHeld() {
        checkNothingFailed();
        long subscriptions =
                lanes.stream().mapToLong(lane -> lane.stats().subscriptions()).sum();
        long catchUps =
                lanes.stream().mapToLong(lane -> lane.stats().catchUps()).sum();
        if (subscriptions != 0) throw new AssertionError(subscriptions + " subscriptions are left");
        if (catchUps != 0) throw new AssertionError(catchUps + " catch-ups are left");
        if (topics.topics() != 0) throw new AssertionError(topics.topics() + " topics are left");
        if (topics.logBytes() != 0) throw new AssertionError(topics.logBytes() + " log bytes are left");
        if (backplane.subscribedTopics() != 0) throw new AssertionError("topics are left in the backplane");
        if (sessions.stats().sessions() != 0) throw new AssertionError("sessions are left");
    }
}
