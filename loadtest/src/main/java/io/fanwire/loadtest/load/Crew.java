package io.fanwire.loadtest.load;

import io.fanwire.loadtest.fleet.Timing;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.CatchUps;
import java.util.function.Consumer;

/** Those who make the load: this process, or others. Called by one thread, in the order of the methods. */
interface Crew extends AutoCloseable {
    /** How many processes. */
    int size();

    /**
     * Connects what has to be there before the traffic.
     *
     * @throws io.fanwire.loadtest.scenario.ScenarioException if it can't be had
     */
    void prepare() throws InterruptedException;

    /**
     * Makes the traffic, measures it, and waits for what is under way at its end.
     *
     * @param onSecond hears of each second of the measured time, of one process or of several together; any thread
     */
    Measured run(Timing timing, Consumer<Second> onSecond) throws InterruptedException;

    /** For those who disturb the traffic meanwhile. */
    default CatchUps catchUps() {
        return CatchUps.NONE;
    }

    @Override
    void close();
}
