package io.fanwire.node.topic;

import io.fanwire.node.lane.NanoClock;
import io.fanwire.protocol.Position;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finding what one write carries, for a cursor that is some events behind the head. */
@State(Scope.Thread)
public class SliceBenchmark {
    private static final int PAYLOAD = 128;
    private static final int EVENTS = 24_000;

    @Param({"0", "1", "32", "400", "20000"})
    int lag;

    private final TopicLog log =
            new TopicLog(LogConfig.DEFAULT, NanoClock.SYSTEM, new LogBudget(1 << 30, NanoClock.SYSTEM));
    private final SpareView spare = new SpareView();
    private Mark cursor = log.head();

    @Setup
    public void fill() {
        byte[] body = SampleBody.of(PAYLOAD);
        for (int offset = 1; offset <= EVENTS; offset++) {
            log.appendPublication(EncodedEvent.publication(1, offset, body), new Position(1, offset));
            if (offset == EVENTS - lag) cursor = log.head();
        }
    }

    /** The same steps as {@link Subscription#take}; with lag 0 it finds that there is nothing to read. */
    @Benchmark
    public @Nullable Object slice() {
        Mark to = log.reach(cursor);
        ByteBuffer view = to == null || to == cursor ? null : log.view(cursor, to, spare);
        if (view != null) spare.giveBack(view);
        return view;
    }
}
