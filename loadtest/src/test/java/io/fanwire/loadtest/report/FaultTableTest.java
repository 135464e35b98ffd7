package io.fanwire.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    @Test
    void runsOfOnePlanAreOneRowAndAllAreTheLast() {
        List<String> lines = FaultTable.of(List.of(
                run("plans/kill-node.yaml", new Recovery(20, "kill node 2", 0.5)),
                run("plans/kill-node.yaml", new Recovery(20, "kill node 2", 1.25), Verdict.FAILED),
                run("plans/pause-redis.yaml", new Recovery(30, "resume redis", 0.75))));
        assertThat(lines)
                .containsExactly(
                        "| fault | runs | publications | deliveries | duplicates seen | out of order | corrupted | gaps told"
                                + " | positions in them | silent losses | caught up after |",
                        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
                        "| kill node | 2, 1 failed | 2,000 | 5,800 | 2 | 4 | 0 | 12 | 100 | 6 | 1.25 s |",
                        "| pause redis | 1 | 1,000 | 2,900 | 1 | 2 | 0 | 6 | 50 | 3 | 0.75 s |",
                        "| all | 3, 1 failed | 3,000 | 8,700 | 3 | 6 | 0 | 18 | 150 | 9 | 1.25 s |");
    }

    @Test
    void whoDidNotCatchUpIsNotForgotten() {
        assertThat(FaultTable.of(
                        List.of(run("a.yaml", new Recovery(1, "x", 0.5)), run("a.yaml", new Recovery(1, "x", null)))))
                .last()
                .asString()
                .endsWith("| never |");
    }

    private static RunResult run(String plan, Recovery recovery) {
        return run(plan, recovery, Verdict.FINE);
    }

    private static RunResult run(String plan, Recovery recovery, Verdict verdict) {
        RunResult run = SampleRun.nothing();
        return new RunResult(
                run.format(),
                "chaos",
                run.command(),
                run.startedAt(),
                run.seconds(),
                run.processes(),
                new TreeMap<>(Map.of("--plan", plan)),
                verdict,
                run.remarks(),
                run.figures(),
                run.measured(),
                run.nodes(),
                run.marks(),
                List.of(recovery),
                new Account(1_000, 0, 3_000, 2_900, 5, 1, 2, 40, 2, 1, 0, 6, 50, new TreeMap<>()));
    }
}
