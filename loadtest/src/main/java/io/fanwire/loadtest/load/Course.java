package io.fanwire.loadtest.load;

import io.fanwire.loadtest.fleet.Timing;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.observe.NodeWatch;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.NodeSeries;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.scenario.Disturbance;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Targets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run from its start to its result. For one thread. */
final class Course {
    // Until every process has heard when to start.
    private static final Duration HEAD_START = Duration.ofMillis(500);

    private final ScenarioCommand command;
    private final Progress progress;

    Course(ScenarioCommand command, Progress progress) {
        this.command = command;
        this.progress = progress;
    }

    /** @throws ScenarioException if the run can't be had or can't go on, with one line for the user */
    RunResult run(Crew crew, Targets targets, Disturbance disturbance) throws InterruptedException {
        try (NodeWatch watch = new NodeWatch(targets.metrics())) {
            crew.prepare();
            Timing timing = new Timing(
                    WallClock.nanos() + HEAD_START.toNanos(),
                    command.run().warmUp().toNanos(),
                    command.run().duration().toNanos());
            Outcome outcome = run(crew, timing, disturbance, watch);
            return result(crew.size(), timing, outcome, watch.series(), disturbance);
        }
    }

    private Outcome run(Crew crew, Timing timing, Disturbance disturbance, NodeWatch watch)
            throws InterruptedException {
        CompletableFuture<Measured> measured = new CompletableFuture<>();
        Thread running = new Thread(() -> complete(measured, crew, timing), "load-course");
        running.setDaemon(true);
        running.start();
        try {
            await(measured, timing.zeroWallNanos());
            watch.zero();
            disturbance.begin(crew.catchUps());
            await(measured, timing.endWallNanos());
            // The crew waits for what is missing, while what was broken becomes whole.
            List<Mark> marks = disturbance.end();
            Measured all = measured.get();
            return new Outcome(all, marks, crew.catchUps().recoveries());
        } catch (ExecutionException e) {
            throw ScenarioException.of(e);
        } finally {
            running.interrupt();
            progress.end();
        }
    }

    private void complete(CompletableFuture<Measured> measured, Crew crew, Timing timing) {
        try {
            measured.complete(crew.run(timing, progress::show));
        } catch (InterruptedException | RuntimeException e) {
            measured.completeExceptionally(e);
        }
    }

    /** Until a moment, or the end of the crew's work. */
    private static void await(CompletableFuture<Measured> measured, long wallNanos)
            throws InterruptedException, ExecutionException {
        try {
            measured.get(wallNanos - WallClock.nanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // It is that moment.
        }
    }

    private RunResult result(
            int processes, Timing timing, Outcome outcome, List<NodeSeries> nodes, Disturbance disturbance) {
        Measured measured = outcome.measured;
        Duration elapsed = Duration.ofSeconds(Math.max(1, measured.seconds().size()));
        Judgement judged = command.judge(measured, elapsed)
                .with(NodeFigures.of(nodes, measured, elapsed))
                .with(ToolFigures.of(measured))
                .with(RecoveryFigures.of(outcome.recoveries))
                .with(StepFigures.of(measured, nodes, outcome.marks))
                .after(disturbance)
                .unlessTheToolWasTooSlow(measured);
        return new RunResult(
                RunResult.FORMAT,
                command.spec().name(),
                command.commandLine(),
                Instant.ofEpochSecond(0, timing.zeroWallNanos())
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString(),
                elapsed.toSeconds(),
                processes,
                settings(disturbance),
                judged.verdict(),
                judged.remarks(),
                judged.figures(),
                measured.withoutLedger(),
                nodes,
                outcome.marks,
                outcome.recoveries,
                judged.account());
    }

    private SortedMap<String, String> settings(Disturbance disturbance) {
        SortedMap<String, String> settings = Given.settings(command.spec());
        settings.putAll(disturbance.settings());
        return settings;
    }

    private record Outcome(Measured measured, List<Mark> marks, List<Recovery> recoveries) {}
}
