package io.fanwire.loadtest.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets many clients in, so many at a time, and waits until all of them have what they asked for. For one thread. */
final class Entrance {
    // Enough to keep a server busy, few enough for every accept queue.
    private static final int AT_A_TIME = 64;
    private static final long POLL_MILLIS = 2;
    private static final Duration BASE_PATIENCE = Duration.ofSeconds(30);
    private static final long SLOWEST_PER_SECOND = 200;

    private final List<LoadLoop> loops;
    private final int before;
    private final int failedBefore;

    /** @param loops of the clients */
    Entrance(List<LoadLoop> loops) {
        this.loops = loops;
        this.before = ready();
        this.failedBefore = failures();
    }

    /** @throws ScenarioException if not all are in within a time that a healthy node needs a tenth of */
    void admit(List<? extends LoadClient> clients) throws InterruptedException {
        long deadline = System.nanoTime()
                + BASE_PATIENCE.plusSeconds(clients.size() / SLOWEST_PER_SECOND).toNanos();
        for (int i = 0; i < clients.size(); i++) {
            int begun = i;
            await(() -> begun - entered() < AT_A_TIME, clients.size(), deadline);
            LoadClient next = clients.get(i);
            next.loop().loop().execute(next::connect);
        }
        await(() -> entered() >= clients.size(), clients.size(), deadline);
    }

    private void await(BooleanSupplier reached, int all, long deadline) throws InterruptedException {
        while (!reached.getAsBoolean()) {
            loops.forEach(LoadLoop::requireSound);
            boolean nobody = entered() == 0 && failures() - failedBefore >= Math.min(all, AT_A_TIME);
            if (nobody || System.nanoTime() - deadline > 0) throw notIn(all);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private ScenarioException notIn(int all) {
        String last = loops.stream()
                .map(loop -> loop.tally().lastFailure())
                .filter(failure -> !failure.isEmpty())
                .findFirst()
                .orElse("no answer");
        return new ScenarioException(
                String.format(Locale.ROOT, "%,d of %,d clients got in; the last failure: %s", entered(), all, last));
    }

    private int entered() {
        return ready() - before;
    }

    private int ready() {
        return loops.stream().mapToInt(loop -> loop.tally().ready()).sum();
    }

    private int failures() {
        return loops.stream().mapToInt(loop -> loop.tally().failedEver()).sum();
    }
}
