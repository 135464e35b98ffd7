package io.fanwire.node;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.LoopThread;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.session.FullSocketsBound;
import io.fanwire.node.session.Lane;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import java.util.ArrayList;
import java.util.List;

/** The node's event loops, each with its thread: one for the topics, the others for sessions. */
final class Lanes implements AutoCloseable {
    private final List<LoopThread> threads = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final TopicRegistry topics;

    private Lanes(int count, FullSocketsBound bound, TopicConfig config, Namespaces namespaces, Backplane backplane) {
        EventLoop topicLoop = new EventLoop("topics", NanoClock.SYSTEM);
        topics = new TopicRegistry(topicLoop, NanoClock.SYSTEM, backplane, namespaces, config);
        threads.add(LoopThread.start(topicLoop));
        for (int i = 0; i < count; i++) {
            Lane lane = new Lane(new EventLoop("lane-" + i, NanoClock.SYSTEM), topics, bound.sharedBy(count));
            lanes.add(lane);
            threads.add(LoopThread.start(lane.loop()));
        }
    }

    /** @param bound for the full sockets of all lanes together */
    static Lanes start(
            int count, FullSocketsBound bound, TopicConfig config, Namespaces namespaces, Backplane backplane) {
        return new Lanes(count, bound, config, namespaces, backplane);
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** All of them, the topics' too. */
    List<EventLoop> loops() {
        return threads.stream().map(LoopThread::loop).toList();
    }

    TopicRegistry topics() {
        return topics;
    }

    @Override
    public void close() {
        threads.forEach(LoopThread::close);
    }
}
