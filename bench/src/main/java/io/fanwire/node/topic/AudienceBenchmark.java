package io.fanwire.node.topic;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The fan-out to 1,000 subscribers that all wait, up to where a session would write; an operation is one of them. */
@State(Scope.Thread)
public class AudienceBenchmark {
    private static final int SUBSCRIBERS = 1000;
    private static final Topic TOPIC = new Topic("bench:audience");

    private final byte[] body = SampleBody.of(128);
    private final EventLoop loop = new EventLoop("bench", NanoClock.SYSTEM);
    private final TopicRegistry registry =
            new TopicRegistry(loop, NanoClock.SYSTEM, new InstantBackplane(), Namespaces.DEFAULT, TopicConfig.DEFAULT);
    private final Audience audience = new Audience(TOPIC, new Audiences(loop, registry));
    private final TopicLog log =
            new TopicLog(LogConfig.DEFAULT, NanoClock.SYSTEM, new LogBudget(1 << 30, NanoClock.SYSTEM));
    private final HostedTopic hosted = InstantBackplane.host(1, TOPIC, log);
    private long offset;

    @Setup
    public void subscribe() {
        hosted.join(audience);
        hosted.goLive(InstantBackplane.START);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            Reader reader = new Reader();
            audience.subscribe(reader, new Since.Now(), reader);
        }
        settle();
    }

    /** A publication goes to everyone. Encoding and appending it is in here, once for all. */
    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public Object deliver() {
        hosted.onPublication(new Position(1, ++offset), body);
        return settle();
    }

    /** A signal without anything new: what visiting alone costs. */
    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public Object visit() {
        audience.signal();
        return settle();
    }

    private Object settle() {
        boolean busy = true;
        while (busy) busy = loop.turn();
        return log.head();
    }
}
