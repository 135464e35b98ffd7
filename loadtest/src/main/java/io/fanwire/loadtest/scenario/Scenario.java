package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.ledger.LedgerPart;
import io.fanwire.loadtest.result.Second;
import java.util.List;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One process' share of a run. Called by one thread, in the order of its methods; the traffic runs on threads of its
 * own.
 */
public interface Scenario extends AutoCloseable {
    /**
     * Connects and subscribes what has to be there when the traffic begins.
     *
     * @throws ScenarioException if it can't be had, with one line for the user
     */
    void prepare() throws InterruptedException;

    /** Begins with the traffic. */
    void start();

    /** What the time since the last call brought. */
    Second take(int at);

    /**
     * Ends the traffic, and waits a bounded time for what is under way. {@link #take} comes once more, for what came
     * meanwhile.
     */
    void stop() throws InterruptedException;

    /** See {@link io.fanwire.loadtest.result.Measured}. */
    SortedMap<String, Histogram> latencies();

    /** See {@link io.fanwire.loadtest.result.Measured}. */
    SortedMap<String, Long> counts();

    /** See {@link io.fanwire.loadtest.result.Measured}. */
    SortedMap<String, Long> failures();

    default @Nullable LedgerPart ledger() {
        return null;
    }

    /** For those who disturb it meanwhile. */
    default CatchUps catchUps() {
        return CatchUps.NONE;
    }

    /** Those that make the load: one that has no time left is a bottleneck. */
    List<Thread> threads();

    /** Drops all connections. */
    @Override
    void close();
}
