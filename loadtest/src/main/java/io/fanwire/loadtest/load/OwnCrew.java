package io.fanwire.loadtest.load;

import io.fanwire.loadtest.fleet.Timing;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.CatchUps;
import io.fanwire.loadtest.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This process alone. */
final class OwnCrew implements Crew {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Scenario scenario;

    OwnCrew(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void prepare() throws InterruptedException {
        scenario.prepare();
    }

    @Override
    public Measured run(Timing timing, Consumer<Second> onSecond) throws InterruptedException {
        sleepUntil(timing.startWallNanos());
        boolean warmsUp = timing.warmUpNanos() > 0;
        // Without a warm-up the first thing that comes belongs to the measured time.
        if (!warmsUp) scenario.take(-1);
        scenario.start();
        sleepUntil(timing.zeroWallNanos());
        if (warmsUp) scenario.take(-1);
        ToolUsage usage = ToolUsage.from(scenario.threads());
        List<Second> seconds = new ArrayList<>();
        long all = Math.max(1, timing.durationNanos() / SECOND_NANOS);
        for (int i = 0; i < all; i++) {
            sleepUntil(timing.zeroWallNanos() + (i + 1) * SECOND_NANOS);
            Second second = scenario.take(i);
            seconds.add(second);
            onSecond.accept(second);
        }
        ToolUsage.Share used = usage.until(scenario.threads());
        scenario.stop();
        return new Measured(
                seconds,
                scenario.take(seconds.size()),
                scenario.latencies(),
                scenario.counts(),
                scenario.failures(),
                used.cores(),
                used.busiestThread(),
                scenario.ledger());
    }

    @Override
    public CatchUps catchUps() {
        return scenario.catchUps();
    }

    @Override
    public void close() {
        scenario.close();
    }

    private static void sleepUntil(long wallNanos) throws InterruptedException {
        long left = wallNanos - WallClock.nanos();
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
    }
}
