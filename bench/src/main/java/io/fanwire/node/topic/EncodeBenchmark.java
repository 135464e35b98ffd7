package io.fanwire.node.topic;

import io.fanwire.node.lane.NanoClock;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a publication costs a node once, however many subscribers it has. */
@State(Scope.Thread)
public class EncodeBenchmark {
    private static final int TOPIC_ID = 4711;

    @Param({"16", "128", "1024"})
    int payload;

    private final TopicLog log =
            new TopicLog(LogConfig.DEFAULT, NanoClock.SYSTEM, new LogBudget(1 << 30, NanoClock.SYSTEM));
    private final HostedTopic topic = InstantBackplane.host(TOPIC_ID, new Topic("bench:encode"), log);
    private byte[] body = {};
    private long offset;

    @Setup
    public void encodeBody() {
        body = SampleBody.of(payload);
    }

    /** Only the encoding. */
    @Benchmark
    public Object encode() {
        return EncodedEvent.publication(TOPIC_ID, ++offset, body);
    }

    /** All that happens on the backplane's thread: counted, encoded, appended; here without an audience to signal. */
    @Benchmark
    public Object encodeAndAppend() {
        topic.onPublication(new Position(1, ++offset), body);
        return log.head();
    }
}
