package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.LoopbackPort;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.ResultFile;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios against real nodes and a real Redis, as users run them. */
@Timeout(180)
class LoadIT {
    @TempDir
    Path directory;

    @Test
    void fanOutReachesItsRateAndLosesNothing() throws Exception {
        RunResult result =
                run("fanout --nodes 2 --topics 5 --subscribers 100 --publishers 3 --rate 200 --warm-up 1s --for 4s");
        assertThat(result.verdict()).isNotEqualTo(Verdict.FAILED);
        assertThat(result.measured().seconds()).hasSize(4);
        assertThat(figure(result, "publications")).isBetween(150.0, 250.0);
        assertThat(figure(result, "deliveries")).isBetween(3_000.0, 5_000.0);
        assertThat(figure(result, "missed in silence")).isZero();
        assertThat(result.nodes())
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.samples())
                        .anyMatch(sample ->
                                sample.connections() >= 50 && sample.cpuCores() > 0 && sample.residentBytes() > 0));
        assertThat(result.settings()).containsEntry("--rate", "200").containsEntry("--payload", "128");
    }

    @Test
    void severalProcessesShareTheLoad() throws Exception {
        RunResult result =
                run("fanout --nodes 1 --topics 2 --subscribers 101 --publishers 2 --rate 100 --for 3s --processes 2");
        assertThat(result.processes()).isEqualTo(2);
        assertThat(figure(result, "connections")).isEqualTo(103);
        assertThat(figure(result, "deliveries")).isBetween(4_000.0, 6_100.0);
    }

    @Test
    void saturationFindsItsOwnPace() throws Exception {
        RunResult result =
                run("fanout --nodes 1 --topics 1 --subscribers 50 --publishers 1 --saturate --warm-up 1s --for 3s");
        assertThat(figure(result, "deliveries")).isGreaterThan(50_000);
    }

    @Test
    void allGetIn() throws Exception {
        RunResult result = run("connect --nodes 1 --clients 600 --rate 300 --for 5s");
        assertThat(figure(result, "opened")).isEqualTo(600);
        assertThat(figure(result, "connections")).isEqualTo(600);
        assertThat(figure(result, "nodes' resident memory per connection")).isPositive();
    }

    @Test
    void allComeBackFromAStorm() throws Exception {
        RunResult result =
                run("storm --nodes 2 --topics 5 --subscribers 300 --rate 200 --after 2s --for 10s --payload 16-64");
        assertThat(figure(result, "caught up")).isEqualTo(300);
        assertThat(figure(result, "missed, told")).isPositive();
        assertThat(result.measured().seconds()).anyMatch(second -> second.opened() > 0);
    }

    @Test
    void churnKeepsItsRates() throws Exception {
        RunResult result =
                run("churn --nodes 1 --topics 5 --subscribers 50 --rate 50 --for 5s --sessions-per-second 20 --stay 1s"
                        + " --commands-per-second 50 --commanders 50");
        assertThat(figure(result, "sessions that came")).isBetween(19.0, 22.0);
        assertThat(result.measured().sum(Second::opened)).isBetween(90L, 110L);
    }

    @Test
    void anUnreachableUrlIsOneLine() throws Exception {
        int port = LoopbackPort.free();
        assertComplains(
                1,
                "fanout --url ws://127.0.0.1:" + port + "/ws",
                "fanwire load fanout: 0 of 4 clients got in; the last failure: Connection refused");
        assertComplains(
                1,
                "fanout --url ws://nowhere.invalid/ws",
                "fanwire load fanout: ws://nowhere.invalid/ws: the host is unknown");
    }

    @Test
    void whatIsNoNodeIsOneLine() throws Exception {
        try (NodeProcess node = NodeProcess.launch(NodeSpec.onFreePorts())) {
            String url = node.url().toString().replace("/ws", "/nothing");
            assertComplains(1, "connect --clients 5 --for 2s --url " + url, "0 of 5 clients got in", "HTTP/1.1 404");
        }
    }

    @Test
    void aRateThatCantBeReachedIsSaid() throws Exception {
        try (Tool tool = load("fanout --nodes 1 --topics 1 --subscribers 1 --publishers 1 --rate 3000000 --for 3s")) {
            // Whose fault it is depends on the machine: the node's, or the tool's.
            assertThat(tool.awaitExit()).as(tool.toString()).isIn(1, 3);
            assertThat(tool.out()).anyMatch(line -> line.contains("asked for 3,000,000 publications/s, reached "));
        }
    }

    /** On a busy machine the tool may say that it was slow itself; what it measured must be right all the same. */
    private RunResult run(String arguments) throws Exception {
        Path json = directory.resolve("result.json");
        try (Tool tool = load(arguments + " --json " + json)) {
            assertThat(tool.awaitExit()).as(tool.toString()).isIn(0, 3);
            assertThat(tool.err()).isEmpty();
            assertThat(tool.leftBehind()).isEmpty();
        }
        return ResultFile.read(json);
    }

    private static void assertComplains(int exitCode, String arguments, String... parts) throws Exception {
        try (Tool tool = load(arguments)) {
            assertThat(tool.awaitExit()).as(tool.toString()).isEqualTo(exitCode);
            List<String> said = new ArrayList<>(tool.out());
            said.addAll(tool.err());
            for (String part : parts) assertThat(said).anyMatch(line -> line.contains(part));
        }
    }

    private static Tool load(String arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("load"));
        words.addAll(Arrays.asList(arguments.split(" ", -1)));
        return Tool.start(words.toArray(String[]::new));
    }

    private static double figure(RunResult result, String name) {
        return result.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is none of " + result.figures()));
    }
}
