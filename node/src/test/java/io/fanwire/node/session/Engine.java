package io.fanwire.node.session;

import static org.awaitility.Awaitility.await;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.TimingWheel;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Publication;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A node without sockets: one lane, turned by the test's thread, with a clock that the test sets. */
final class Engine {
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final long STEP_NANOS = TimingWheel.TICK.toNanos();
    private static final SessionLimits LIMITS =
            new SessionLimits(FOREVER, FOREVER, Duration.ZERO, 128 << 10, 1_000, 65_536, 100, RateConfig.UNLIMITED);
    private static final SessionConfig SESSIONS = new SessionConfig(new HeartbeatConfig(FOREVER, FOREVER), LIMITS);

    final TopicRegistry topics;
    final Lane lane;
    final Sessions sessions;
    private final Backplane backplane;
    private final EventLoop topicLoop = new EventLoop("topics", this::nanoTime);
    private long now;

    Engine(Backplane backplane, Namespaces namespaces, TopicConfig config) {
        this(backplane, namespaces, config, SESSIONS);
    }

    Engine(Backplane backplane, Namespaces namespaces, TopicConfig config, FullSocketsBound fullSockets) {
        this(backplane, namespaces, config, SESSIONS, fullSockets);
    }

    Engine(Backplane backplane, Namespaces namespaces, TopicConfig config, SessionConfig session) {
        this(backplane, namespaces, config, session, FullSocketsBound.NONE);
    }

    private Engine(
            Backplane backplane,
            Namespaces namespaces,
            TopicConfig config,
            SessionConfig session,
            FullSocketsBound fullSockets) {
        this.backplane = backplane;
        topics = new TopicRegistry(topicLoop, this::nanoTime, backplane, namespaces, config);
        lane = new Lane(new EventLoop("lane", this::nanoTime), topics, fullSockets);
        sessions = new Sessions("test", session, namespaces, backplane, Clock.systemUTC(), List.of(lane));
    }

    /** Publishes and waits until the backplane has it. */
    Position publish(String topic, String text) {
        byte[] body = Publication.newBuilder().setText(text).build().toByteArray();
        return backplane
                .publish(new Topic(topic), new OutgoingPublication(body, ""))
                .toCompletableFuture()
                .join();
    }

    void advance(Duration time) {
        now += time.toNanos();
    }

    /** Lets time pass in steps that no timer notices, and does what there is to do after each. */
    void pass(Duration time) {
        for (long left = time.toNanos(); left > 0; left -= STEP_NANOS) {
            now += Math.min(left, STEP_NANOS);
            turn();
        }
    }

    /** Does all there is to do. */
    void turn() {
        for (boolean busy = true; busy; ) {
            busy = topicLoop.turn();
            busy |= lane.loop().turn();
        }
    }

    void turnUntil(BooleanSupplier done) {
        turnUntil(done, () -> {});
    }

    /** @param between done each time when there was nothing to do, and it is not what is waited for */
    void turnUntil(BooleanSupplier done, Runnable between) {
        await().atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    turn();
                    if (done.getAsBoolean()) return true;
                    between.run();
                    return false;
                });
    }

    long nanoTime() {
        return now;
    }
}
