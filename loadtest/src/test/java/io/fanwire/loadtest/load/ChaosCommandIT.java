package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.result.ResultFile;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The course of the command, on real nodes; where nothing is said of messages, with traffic that only waits for the faults. */
@Timeout(90)
class ChaosCommandIT {
    @TempDir
    Path directory;

    @Test
    void breaksItsOwnClusterAndReports() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 2
                for: 3s
                steps:
                  - {at: 0s, half-open: 2}
                  - {at: 100ms, kill: node 2}
                  - {at: 200ms, pause: redis, for: 300ms}
                """);
        ChaosCommandTest.FakeTraffic traffic = new ChaosCommandTest.FakeTraffic();
        List<Path> reported = new ArrayList<>();
        Path page = directory.resolve("page.html");
        int exitCode = new CommandLine(new ChaosCommand(traffic, (result, html) -> reported.add(html)))
                .execute("--plan", plan.toString(), "--report", page.toString());
        assertThat(exitCode).isZero();
        assertThat(traffic.marks)
                .containsExactly("2 half-open clients", "kill node 2", "pause redis", "resume redis", "start node 2");
        assertThat(traffic.targets().targets().urls()).hasSize(2);
        assertThat(traffic.targets().targets().metrics()).hasSize(2);
        assertThat(traffic.run().duration()).hasSeconds(3);
        assertThat(traffic.run().json()).isNotNull().doesNotExist();
        assertThat(reported).containsExactly(page);
    }

    @Test
    void accountsForEveryMessageUnderFaults() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 2
                for: 8s
                traffic: {topics: 4, subscribers: 12, publishers: 2, rate: 100}
                steps:
                  - {at: 1s, half-open: 1}
                  - {at: 2s, kill: node 2}
                  - {at: 3s, start: node 2}
                  - {at: 5s, restart: redis, for: 500ms}
                  - {at: 7s, kill-connections: pubsub}
                """);
        Path json = directory.resolve("result.json");
        Path page = directory.resolve("page.html");
        int exitCode = new CommandLine(new ChaosCommand())
                .execute("--plan", plan.toString(), "--json", json.toString(), "--report", page.toString());
        RunResult result = ResultFile.read(json);
        assertThat(exitCode).as(result.remarks().toString()).isZero();
        assertThat(result.verdict()).isEqualTo(Verdict.FINE);
        assertThat(result.marks())
                .extracting(Mark::label)
                .containsExactly(
                        "1 half-open clients",
                        "kill node 2",
                        "start node 2",
                        "kill redis",
                        "start redis",
                        "kill pubsub connections");
        assertThat(result.recoveries())
                .extracting(Recovery::fault)
                .containsExactly("kill node 2", "start redis", "kill pubsub connections");
        assertThat(result.recoveries()).extracting(Recovery::seconds).doesNotContainNull();
        assertThat(result.settings()).containsEntry("--plan", plan.toString());
        assertThat(result.remarks()).anyMatch(line -> line.contains("not tested whether 1 of them get closed"));
        Account account = result.account();
        assertThat(account).isNotNull();
        assertThat(account.acknowledged()).isGreaterThan(400);
        assertThat(account.delivered()).isGreaterThan(1_200);
        assertThat(account.missingInSilence()).isZero();
        assertThat(account.expected()).isEqualTo(account.delivered() + account.missingTold());
        assertThat(page).content().contains("kill node 2");
    }

    @Test
    void redisComesBackWithItsDataAndSubscribersGoOffline() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 2
                redis: {persistence: everysec}
                for: 8s
                traffic: {topics: 4, subscribers: 12, publishers: 2, rate: 100}
                steps:
                  - {at: 1s, restart: redis, for: 500ms, keep-data: true}
                  - {at: 4s, clients-offline: 2s}
                """);
        Path json = directory.resolve("result.json");
        new CommandLine(new ChaosCommand()).execute("--plan", plan.toString(), "--json", json.toString());
        RunResult result = ResultFile.read(json);
        assertThat(result.marks())
                .extracting(Mark::label)
                .containsExactly("kill redis", "start redis with its data", "disconnect clients", "reconnect clients");
        Account account = result.account();
        assertThat(account).isNotNull();
        assertThat(account.isKept()).as(result.remarks().toString()).isTrue();
        assertThat(account.expected()).isEqualTo(account.delivered() + account.missingTold());
        // Each subscriber was reset when its network came back.
        assertThat(result.measured().sum(Second::ended)).isGreaterThanOrEqualTo(12);
        assertThat(result.recoveries()).extracting(Recovery::seconds).doesNotContainNull();
    }

    @Test
    void aStaleReplicaTakesThePlaceOfRedis() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 1
                redis: {replica: true}
                for: 5s
                traffic: {topics: 2, subscribers: 4, publishers: 2, rate: 100}
                steps:
                  - {at: 1s, promote: replica, lacking: 1s}
                """);
        Path json = directory.resolve("result.json");
        new CommandLine(new ChaosCommand()).execute("--plan", plan.toString(), "--json", json.toString());
        RunResult result = ResultFile.read(json);
        assertThat(result.marks()).extracting(Mark::label).containsExactly("detach replica", "promote replica");
        assertThat(result.recoveries()).extracting(Recovery::fault).containsExactly("promote replica");
        // Nodes have found the other server, and go on.
        assertThat(result.recoveries()).extracting(Recovery::seconds).doesNotContainNull();
        assertThat(result.account()).isNotNull();
        assertThat(result.account().acknowledged()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void nodesAreReplacedBehindAService(String order) throws IOException {
        Files.writeString(directory.resolve("node.env"), "FANWIRE_DRAIN_DELAY=1s\nFANWIRE_DRAIN_DURATION=2s\n");
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 2
                start-with: 1
                settings-from: node.env
                grace-period: 20s
                service: {probe-period: 500ms, probe-failures: 2, endpoint-removal: %s, removal-delay: 500ms}
                for: 10s
                traffic: {topics: 4, subscribers: 40, publishers: 2, rate: 100}
                expect: {disconnected-at-once: 100%%}
                steps:
                  - {at: 1s, roll: nodes, min-ready: 500ms}
                """.formatted(order));
        Path json = directory.resolve("result.json");
        int exitCode =
                new CommandLine(new ChaosCommand()).execute("--plan", plan.toString(), "--json", json.toString());
        RunResult result = ResultFile.read(json);
        assertThat(exitCode).as(result.remarks().toString()).isZero();
        assertThat(result.marks()).extracting(Mark::label).startsWith("roll nodes", "start node 2", "drain node 1");
        assertThat(result.remarks()).anyMatch(line -> line.matches("node 1 ended after .*s with exit code 0"));
        assertThat(result.account()).isNotNull();
        assertThat(result.account().isKept()).isTrue();
    }

    @Test
    void aRunWhosePageCantBeMadeIsKept() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), "{nodes: 1, for: 1s, steps: []}");
        ChaosCommandTest.FakeTraffic traffic = new ChaosCommandTest.FakeTraffic();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ChaosCommand(traffic, ChaosCommandIT::diskIsFull))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "--plan",
                        plan.toString(),
                        "--report",
                        directory.resolve("x.html").toString());
        Path kept = traffic.run().json();
        assertThat(exitCode).isEqualTo(1);
        assertThat(kept).exists();
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .endsWith("x.html can't be made: IOException: the disk is full; the result is kept in " + kept);
        Files.delete(kept);
    }

    private static void diskIsFull(Path result, Path page) throws IOException {
        throw new IOException("the disk is full");
    }
}
