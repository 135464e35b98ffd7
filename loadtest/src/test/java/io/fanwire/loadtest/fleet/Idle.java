package io.fanwire.loadtest.fleet;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Does nothing, and measures something all the same. */
record Idle(Share share) implements Scenario {
    @Override
    public void prepare() {}

    @Override
    public void start() {}

    @Override
    public Second take(int at) {
        return measured(share).seconds().get(0);
    }

    @Override
    public void stop() {}

    @Override
    public SortedMap<String, Histogram> latencies() {
        return new TreeMap<>();
    }

    @Override
    public SortedMap<String, Long> counts() {
        return new TreeMap<>();
    }

    @Override
    public SortedMap<String, Long> failures() {
        return new TreeMap<>();
    }

    @Override
    public List<Thread> threads() {
        return List.of();
    }

    @Override
    public void close() {}

    static Measured measured(Share share) {
        Histogram latency = Latencies.none();
        latency.recordValue((share.index() + 1) * 1_000_000L);
        Second second = new Second(0, 1, 1, 0, 0, 1, 100, 0, latency);
        return new Measured(
                List.of(second),
                Second.none(1_000),
                new TreeMap<>(),
                new TreeMap<>(Map.of("x", 2L)),
                new TreeMap<>(),
                1,
                0.5,
                null);
    }
}
