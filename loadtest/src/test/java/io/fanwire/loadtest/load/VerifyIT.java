package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.harness.LoopbackPort;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.verify.VerifyPlan;
import io.fanwire.node.ForgetfulNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What {@code verify} says of a cluster that is sound, that breaks down, and that has a defect. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyIT {
    // As long as under faults: who has everything does not wait for its end.
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Duration BOUND = Duration.ofSeconds(120);
    private static final int FORGETS_ONE_IN = 100_000;

    private RedisServer redis;
    private List<NodeProcess> nodes;

    @BeforeAll
    void startCluster() {
        redis = RedisServer.launchForTests();
        nodes = Stream.generate(() -> NodeProcess.begin(NodeSpec.onFreePorts().withRedis(redis.uri())))
                .limit(2)
                .toList();
        nodes.forEach(NodeProcess::awaitReady);
    }

    @AfterAll
    void stopCluster() {
        nodes.forEach(NodeProcess::close);
        redis.close();
    }

    @Test
    void aSoundClusterDeliversEverything() throws Exception {
        var plan = new VerifyPlan("sound", 5, 40, 4, 1_000, 128, SETTLE);
        Judgement judgement = run(plan, urls(), 1, seconds -> published(seconds) > 2_000);
        Account account = judgement.account();
        assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(Verdict.FINE);
        assertThat(account.acknowledged()).isGreaterThan(2_000);
        assertThat(account.expected()).isEqualTo(8 * account.acknowledged());
        assertThat(account.delivered()).isEqualTo(account.expected());
        assertThat(account.missingTold()).isZero();
    }

    @Test
    void processesShareARun() throws Exception {
        // One of the three has no publisher, and none has all subscribers of any topic.
        var plan = new VerifyPlan("shared", 4, 24, 2, 1_000, 64, SETTLE);
        long begin = System.nanoTime();
        Judgement judgement = run(plan, urls(), 3, seconds -> published(seconds) > 2_000);
        assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(Verdict.FINE);
        assertThat(judgement.account().expected())
                .isEqualTo(6 * judgement.account().acknowledged());
        assertThat(judgement.account().delivered())
                .isEqualTo(judgement.account().expected());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("nobody waits in vain for the others' end")
                .isLessThan(QUICK);
    }

    @Test
    void whatIsPublishedWhileANodeIsAwayComesFromTheHistory() throws Exception {
        var plan = new VerifyPlan("killed", 4, 40, 2, 500, 128, SETTLE);
        try (NodeProcess victim = NodeProcess.launch(NodeSpec.onFreePorts().withRedis(redis.uri()));
                Verification verification = new Verification(
                        plan,
                        List.of(victim.url(), nodes.get(0).url(), nodes.get(1).url()),
                        1)) {
            verification.begin();
            verification.await(seconds -> published(seconds) > 500, BOUND);
            victim.kill();
            verification.await(seconds -> published(seconds) > 2_000, BOUND);
            long end = System.nanoTime();
            Judgement judgement = verification.end();
            assertThat(Duration.ofNanos(System.nanoTime() - end))
                    .as("who has everything does not wait")
                    .isLessThan(QUICK);
            assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(Verdict.FINE);
            assertThat(judgement.account().toldByReason()).isEmpty();
            assertThat(judgement.account().delivered())
                    .isEqualTo(judgement.account().expected());
        }
    }

    @Test
    void oneLossInAHundredThousandIsFoundAndNamed() throws Exception {
        var plan = new VerifyPlan("defect", 20, 80, 4, 20_000, 64, SETTLE);
        try (ForgetfulNode defect = new ForgetfulNode(redis.uri(), FORGETS_ONE_IN)) {
            List<URI> urls = List.of(defect.url(), nodes.get(0).url());
            Judgement judgement =
                    run(plan, urls, 1, seconds -> defect.lost().iterator().hasNext());
            assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(Verdict.FAILED);
            assertThat(judgement.verdict().exitCode()).isEqualTo(1);
            Account account = judgement.account();
            assertThat(account.unexplained() + account.missingSilently()).isPositive();
            assertThat(account.delivered())
                    .isEqualTo(account.expected() - account.unexplained() - account.missingSilently());
            String[] lost = defect.lost().iterator().next().split(" ", -1);
            assertThat(judgement.remarks())
                    .anyMatch(line -> line.contains("of " + lost[0] + " misses " + lost[1] + " of epoch"));
        }
    }

    @Test
    void aRateThatCannotBeReachedIsAFailureThatIsSaid() throws Exception {
        // One client with one topic has one publication under way.
        var plan = new VerifyPlan("fast", 1, 1, 1, 1_000_000, 64, SETTLE);
        Judgement judgement = run(plan, urls(), 1, seconds -> published(seconds) > 2_000);
        assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.remarks()).anyMatch(line -> line.startsWith("asked 1,000,000/s, reached "));
    }

    @Test
    void nobodyThereIsOneLine() {
        var plan = new VerifyPlan("nobody", 1, 2, 1, 10, 64, SETTLE);
        URI nowhere = URI.create("ws://127.0.0.1:" + LoopbackPort.free() + "/ws");
        try (Verification verification = new Verification(plan, List.of(nowhere), 1)) {
            assertThatThrownBy(verification::begin)
                    .isInstanceOf(ScenarioException.class)
                    .hasMessageStartingWith("only 0 of 3 clients are ready after 5 s; the last failure: " + nowhere);
        }
    }

    private static Judgement run(
            VerifyPlan plan, List<URI> urls, int processes, java.util.function.Predicate<List<Second>> enough)
            throws InterruptedException {
        try (Verification verification = new Verification(plan, urls, processes)) {
            verification.begin();
            verification.await(enough, BOUND);
            return verification.end();
        }
    }

    private List<URI> urls() {
        return nodes.stream().map(NodeProcess::url).toList();
    }

    private static long published(List<Second> seconds) {
        return seconds.stream().mapToLong(Second::published).sum();
    }
}
