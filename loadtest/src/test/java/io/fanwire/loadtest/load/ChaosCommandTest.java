package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.OneLineErrors;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.scenario.CatchUps;
import io.fanwire.loadtest.scenario.Disturbance;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ChaosCommandTest {
    private static final String PLAN = "{nodes: 1, for: 2s, traffic: {rate: 7}, steps: [%s]}";

    private final StringWriter err = new StringWriter();
    private final FakeTraffic traffic = new FakeTraffic();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--plan none.yaml                       | none.yaml: there is no such file",
                "''                                     | Missing required option: '--plan=FILE'",
                "--plan good.yaml --driver ssh          | Invalid value for option '--driver'",
                "--plan good.yaml --url ws://x:1/ws     | --url and --metrics are for --driver docker",
                "--plan good.yaml --report /no/dir/x    | --report: /no/dir can't be written to",
                "--plan good.yaml --json /no/dir/x      | --json: /no/dir can't be written to",
                "--plan good.yaml --report /tmp         | --report: /tmp is a directory",
                "--plan step.yaml                       | step.yaml:1: unknown step \"explode\"; allowed are",
                "--plan cut.yaml                        | cut.yaml:1: at 0s disconnect node 1: the process driver can't",
                "--plan fast.yaml                       | fast.yaml: its traffic: --rate must be at most 100: 101"
            })
    void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String complaint) throws IOException {
        plan("good.yaml", "");
        plan("step.yaml", "{at: 1s, explode: node 1}");
        plan("cut.yaml", "{at: 0s, disconnect: node 1, for: 1s}");
        Files.writeString(plan("fast.yaml", ""), PLAN.formatted("").replace("7", "101"));
        assertThat(execute(arguments.replace("--plan ", "--plan " + directory + "/")))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains(complaint)
                .endsWith("--help");
        assertThat(traffic.calls).isZero();
    }

    @Test
    void aDockerThatIsNotThereIsOneLine() throws IOException {
        Path plan = plan("good.yaml", "");
        int exitCode = execute("--driver docker --project no-such-project --plan " + plan);
        // Which of both depends on the machine.
        assertThat(err.toString().lines()).singleElement().asString().containsAnyOf("docker", "no-such-project");
        assertThat(exitCode).isIn(1, 2);
        assertThat(traffic.calls).isZero();
    }

    private Path plan(String name, String step) throws IOException {
        return Files.writeString(directory.resolve(name), PLAN.formatted(step));
    }

    private int execute(String arguments) {
        OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new ChaosCommand(traffic, (result, page) -> {}))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setErr(new PrintWriter(err, true))
                .execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    }

    /** Takes the options of real traffic. */
    @Command(name = "fake")
    static final class FakeTraffic extends ScenarioCommand {
        @Option(names = {"--prefix", "--topics", "--payload", "--subscribers", "--publishers", "--settle", "--least"})
        List<String> any = new ArrayList<>();

        @Option(names = "--rate")
        int rate;

        int calls;
        List<String> marks = List.of();

        @Override
        void check() {
            if (rate > 100) throw wrong("--rate must be at most 100: " + rate);
        }

        @Override
        public Integer call() throws Exception {
            calls++;
            Disturbance disturbance = disturbance();
            disturbance.begin(CatchUps.NONE);
            marks = disturbance.end().stream().map(Mark::label).toList();
            return 0;
        }

        @Override
        Scenario scenario(Targets to, Share share) {
            throw new UnsupportedOperationException();
        }

        @Override
        Judgement judge(Measured measured, Duration elapsed) {
            throw new UnsupportedOperationException();
        }
    }
}
