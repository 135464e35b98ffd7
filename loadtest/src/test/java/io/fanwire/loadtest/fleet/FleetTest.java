package io.fanwire.loadtest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.harness.LoopbackPort;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FleetTest {
    private static final Targets TARGETS = new Targets(List.of(URI.create("ws://x/ws")), List.of(), List.of());
    private static final Timing TIMING = new Timing(1, 2, 3);
    private static final List<String> ARGS = List.of("fanout", "--topics", "3");

    private static final Duration LONG = Duration.ofSeconds(10);

    private final Queue<String> remarks = new ConcurrentLinkedQueue<>();
    private final Fleet fleet = Fleet.listen("127.0.0.1", 0, remarks::add);
    private final Queue<Thread> workers = new ConcurrentLinkedQueue<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws InterruptedException {
        fleet.close();
        for (Thread worker : workers) worker.join();
    }

    @Test
    void partsOfAllAreAddedUp() throws Exception {
        for (int i = 0; i < 3; i++) start(Idle::measured);
        fleet.awaitWorkers(3, LONG, () -> {});
        fleet.prepare(ARGS, TARGETS);
        Queue<Second> ticks = new ConcurrentLinkedQueue<>();

        Measured all = fleet.run(TIMING, ticks::add);

        assertThat(ticks).hasSize(3);
        assertThat(seen).containsExactlyInAnyOrder(ARGS + " 0", ARGS + " 1", ARGS + " 2");
        assertThat(all.seconds()).hasSize(1);
        assertThat(all.sum(Second::delivered)).isEqualTo(300);
        // Histograms are merged: the percentile is that of all values, and no mean of three.
        assertThat(all.delivery().getTotalCount()).isEqualTo(3);
        assertThat(all.delivery().getMaxValue()).isBetween(2_900_000L, 3_100_000L);
        assertThat(all.count("x")).isEqualTo(6);
        assertThat(all.toolCores()).isEqualTo(3);
        assertThat(all.busiestThread()).isEqualTo(0.5);
        assertThat(remarks).isEmpty();
    }

    @Test
    void aWorkerThatCantGoOnEndsTheRunWithItsReason() throws Exception {
        start(Idle::measured);
        start(share -> {
            throw new ScenarioException("no node there");
        });
        fleet.awaitWorkers(2, LONG, () -> {});
        fleet.prepare(ARGS, TARGETS);
        assertThatThrownBy(() -> fleet.run(TIMING, second -> {}))
                .isInstanceOf(ScenarioException.class)
                .hasMessageMatching("the worker at 127.0.0.1:\\d+ says: no node there");
    }

    @Test
    void aWorkersDefectIsToldAndIsTheTools() throws Exception {
        start(share -> {
            throw new IllegalStateException("dies");
        });
        fleet.awaitWorkers(1, LONG, () -> {});
        fleet.prepare(ARGS, TARGETS);
        assertThatThrownBy(() -> fleet.run(TIMING, second -> {}))
                .hasMessageEndingWith(" says: the run failed: java.lang.IllegalStateException: dies")
                .extracting(failure -> ((ScenarioException) failure).fault())
                .isEqualTo(Fault.TOOL);
    }

    @Test
    void workersThatDontComeAreCounted() throws Exception {
        start(Idle::measured);
        fleet.awaitWorkers(1, LONG, () -> {});
        assertThatThrownBy(() -> fleet.awaitWorkers(2, Duration.ofSeconds(1), () -> {}))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("only 1 of 2 workers have joined within 1 s");
    }

    @Test
    void withoutACoordinatorAWorkerGivesUp() {
        // Not that of a fleet closed a moment ago: while its thread is in accept, the kernel still lets some in.
        int port = LoopbackPort.free();
        assertThatThrownBy(() -> Worker.join("127.0.0.1", port, Duration.ofMillis(300)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("no coordinator at 127.0.0.1:" + port);
    }

    private void start(Run run) {
        Thread thread = new Thread(() -> work(run), "test-worker");
        thread.setUncaughtExceptionHandler((any, expected) -> seen.add("died"));
        workers.add(thread);
        thread.start();
    }

    private void work(Run run) {
        try (Worker worker = Worker.join("127.0.0.1", fleet.port(), Duration.ofSeconds(5))) {
            worker.work(
                    (args, targets, share) -> {
                        assertThat(targets).isEqualTo(TARGETS);
                        seen.add(args + " " + share.index());
                        return new Idle(share);
                    },
                    (scenario, timing, onSecond) -> {
                        assertThat(timing).isEqualTo(TIMING);
                        Measured measured = run.of(((Idle) scenario).share());
                        measured.seconds().forEach(onSecond);
                        return measured;
                    });
        } catch (InterruptedException | ScenarioException e) {
            seen.add(String.valueOf(e.getMessage()));
        }
    }

    private interface Run {
        Measured of(Share share);
    }
}
