package io.fanwire.node.topic;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.TimingWheel;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Subscribing and unsubscribing on a node that hosts many topics, each already with a subscriber. */
@State(Scope.Thread)
public class RegistryBenchmark {
    // The time leaps here from tick to tick: a log's usual age would have all logs swept every few operations.
    private static final LogConfig LOG = new LogConfig(4 << 20, Duration.ofDays(1), 64 << 10);
    private static final TopicConfig CONFIG =
            new TopicConfig(2_000_000, Duration.ZERO, 1L << 30, TopicConfig.FAN_OUT_SLICE, LOG);

    // A prime, so that every topic has its turn, and one after the other is not one beside the other.
    private static final int STRIDE = 7919;

    @Param({"1000", "100000"})
    int topics;

    private final EventLoop loop = new EventLoop("bench", this::now);
    private final TopicRegistry registry =
            new TopicRegistry(loop, this::now, new InstantBackplane(), Namespaces.DEFAULT, CONFIG);
    private final Audiences lane = new Audiences(loop, registry);
    private final Audiences otherLane = new Audiences(loop, registry);
    private final Reader reader = new Reader();
    private Topic[] hosted = {};
    private Topic[] spare = {};
    private long now;
    private int index;

    @Setup
    public void host() {
        hosted = named("bench:hosted/");
        spare = named("bench:spare/");
        for (Topic topic : hosted) {
            lane.subscribe(topic, new Since.Now(), reader, reader);
            settle();
        }
    }

    /** The topic has an audience on the lane: the registry is not asked. */
    @Benchmark
    public Object subscribeOnItsLane() {
        Subscription subscription = lane.subscribe(hosted[next()], new Since.Now(), reader, reader);
        subscription.end();
        return subscription;
    }

    /** The node hosts the topic, for another lane: the registry looks it up, twice. */
    @Benchmark
    public Object subscribeOnAnotherLane() {
        return subscribeAndEnd(otherLane, hosted[next()]);
    }

    /** Nobody on the node had the topic: it is hosted, and dropped a tick after it was left. */
    @Benchmark
    public Object hostAndDrop() {
        Subscription subscription = subscribeAndEnd(lane, spare[next()]);
        now += TimingWheel.TICK.toNanos();
        settle();
        return subscription;
    }

    private Subscription subscribeAndEnd(Audiences audiences, Topic topic) {
        Subscription subscription = audiences.subscribe(topic, new Since.Now(), reader, reader);
        settle();
        subscription.end();
        settle();
        return subscription;
    }

    private Topic[] named(String prefix) {
        Topic[] named = new Topic[topics];
        for (int i = 0; i < topics; i++) named[i] = new Topic(prefix + i);
        return named;
    }

    private int next() {
        index = (index + STRIDE) % topics;
        return index;
    }

    private long now() {
        return now;
    }

    private void settle() {
        boolean busy = true;
        while (busy) busy = loop.turn();
    }
}
