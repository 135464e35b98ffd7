package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.result.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/** What scenarios of raw clients share: their loops, and what those count. */
abstract class LoopScenario implements Scenario {
    private final List<LoadLoop> loops = new ArrayList<>();
    private Tally.Totals totals = Tally.Totals.none();

    /** A thread of clients, from here on counted with the others. */
    final LoadLoop addLoop(String name) {
        LoadLoop loop = new LoadLoop("load-" + name);
        loops.add(loop);
        return loop;
    }

    final List<LoadLoop> loops() {
        return loops;
    }

    @Override
    public Second take(int at) {
        return loops.stream().map(loop -> loop.take(at)).reduce(Second::plus).orElseThrow();
    }

    /** Ends the traffic. */
    abstract void endTraffic() throws InterruptedException;

    @Override
    public final void stop() throws InterruptedException {
        endTraffic();
        totals = Tally.Totals.none();
        for (LoadLoop loop : loops) totals.add(loop.totals());
    }

    @Override
    public final SortedMap<String, Histogram> latencies() {
        return totals.latencies();
    }

    @Override
    public final SortedMap<String, Long> counts() {
        return totals.counts();
    }

    @Override
    public final SortedMap<String, Long> failures() {
        return totals.failures();
    }

    @Override
    public final List<Thread> threads() {
        return loops.stream().map(LoadLoop::thread).toList();
    }

    @Override
    public final void close() {
        loops.forEach(LoadLoop::close);
    }
}
