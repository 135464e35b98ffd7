package io.fanwire.node.topic;

import io.fanwire.node.lane.NanoClock;
import io.fanwire.protocol.Position;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Appending an encoded event to a log that is full: it drops at its tail what it gets at its head. */
@State(Scope.Thread)
public class LogAppendBenchmark {
    @Param({"16", "128", "1024"})
    int payload;

    private final TopicLog log =
            new TopicLog(LogConfig.DEFAULT, NanoClock.SYSTEM, new LogBudget(1 << 30, NanoClock.SYSTEM));
    private EncodedEvent event = EncodedEvent.publication(1, 1, SampleBody.of(0));
    private long offset;

    @Setup
    public void fill() {
        event = EncodedEvent.publication(1, 1, SampleBody.of(payload));
        int count = LogConfig.DEFAULT.maxBytes() / event.size();
        for (int i = 0; i < count; i++) append();
    }

    @Benchmark
    public Object append() {
        log.appendPublication(event, new Position(1, ++offset));
        return log.head();
    }
}
