package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import io.fanwire.loadtest.verify.VerifyPlan;
import io.fanwire.loadtest.verify.VerifyScenario;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs of {@code verify} in this JVM, as the load tool has them, with as many processes' shares as wanted. */
final class Verification implements AutoCloseable {
    // Machines that build are busy: whether a rate is judged has a test, these have messages to judge.
    private static final int LEAST_PERCENT = 1;

    private final VerifyPlan plan;
    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<Second> seconds = new ArrayList<>();
    private long begin;

    Verification(VerifyPlan plan, List<URI> urls, int processes) {
        this.plan = plan;
        var targets = new Targets(urls, List.of(), List.of());
        for (int i = 0; i < processes; i++)
            scenarios.add(new VerifyScenario(plan, targets, List.of(), new Share(i, processes)));
    }

    void begin() throws InterruptedException {
        for (Scenario each : scenarios) each.prepare();
        begin = System.nanoTime();
        scenarios.forEach(Scenario::start);
    }

    /** Looks at what has come until something is so, or the time is over. */
    void await(java.util.function.Predicate<List<Second>> done, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!done.test(seconds) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            take();
        }
    }

    Judgement end() throws InterruptedException {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        for (Thread each : scenarios.stream().map(this::stopping).toList()) each.join();
        take();
        Measured all =
                scenarios.stream().map(this::measured).reduce(Measured::plus).orElseThrow();
        Measured whole = new Measured(
                seconds, Second.none(1_000), all.latencies(), all.counts(), all.failures(), 0, 0, all.ledger());
        return new LedgerJudge(plan.rate(), LEAST_PERCENT).judge(whole, elapsed);
    }

    @Override
    public void close() {
        scenarios.forEach(Scenario::close);
    }

    private void take() {
        scenarios.forEach(each -> seconds.add(each.take(seconds.size())));
    }

    private Thread stopping(Scenario scenario) {
        Thread thread = new Thread(() -> {
            try {
                scenario.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private Measured measured(Scenario scenario) {
        return new Measured(
                List.of(),
                Second.none(1_000),
                scenario.latencies(),
                scenario.counts(),
                scenario.failures(),
                0,
                0,
                scenario.ledger());
    }
}
