package io.fanwire.loadtest.load;

import io.fanwire.loadtest.DurationConverter;
import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import io.fanwire.loadtest.verify.VerifyPlan;
import io.fanwire.loadtest.verify.VerifyScenario;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Accounts for every message. */
@Command(
        name = "verify",
        description = {
            "Publishes at a fixed rate and accounts for every message: publishers write down what was acknowledged,",
            "subscribers what they got, and at the end each position is held against the other side.",
            "Clients are those of the client library, since its order, its duplicates and its gaps are under test.",
            "Exit code 1 if anything was missing in silence, came twice, in disorder or not as it was published, or if",
            "the rate was not reached. What a subscriber was told to be missing is counted, and is no failure."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VerifyCommand extends ScenarioCommand {
    @Option(names = "--topics", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
    private int topics = 10;

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "300",
            description = "Clients with one topic each, in turn. Default: ${DEFAULT-VALUE}")
    private int subscribers = 300;

    @Option(
            names = "--publishers",
            paramLabel = "N",
            defaultValue = "6",
            description = "Clients that publish to every topic. Each has one publication per topic under way, so that"
                    + " few of them with few topics reach no high rate. Default: ${DEFAULT-VALUE}")
    private int publishers = 6;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "1000",
            description = "Publications per second, of all publishers together. Default: ${DEFAULT-VALUE}")
    private int rate = 1_000;

    @Option(
            names = "--least",
            paramLabel = "PERCENT",
            defaultValue = "95",
            description = "Of the rate, that must be acknowledged in the measured time: else the run fails, as too"
                    + " little was tested. Default: ${DEFAULT-VALUE}")
    private int leastPercent = 95;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "Size of a publication, at least 32. Default: ${DEFAULT-VALUE}")
    private int payload = 128;

    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description =
                    "How long subscribers may take at the end to get what is under way. Default: ${DEFAULT-VALUE}")
    private Duration settle = Duration.ofSeconds(10);

    @Option(
            names = "--publish-url",
            paramLabel = "URL",
            description = "Where publishers connect, if not where subscribers do; repeat it for more.")
    private List<URI> publishTo = new ArrayList<>();

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            defaultValue = "verify",
            description = "Topics are NAME:1, NAME:2 and so on. Nobody else may publish to them meanwhile."
                    + " Default: ${DEFAULT-VALUE}")
    private String prefix = "verify";

    @Override
    void check() {
        OptionCheck.upTo(100, "--least", leastPercent, spec());
        if (!targets().targets().from().isEmpty())
            throw wrong("--from can't be used here: the client library leaves its address to the system");
        try {
            plan();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    @Override
    Scenario scenario(Targets to, Share share) {
        return new VerifyScenario(plan(), to, publishTo, share);
    }

    @Override
    Judgement judge(Measured measured, Duration elapsed) {
        return new LedgerJudge(rate, leastPercent).judge(measured, elapsed);
    }

    private VerifyPlan plan() {
        return new VerifyPlan(prefix, topics, subscribers, publishers, rate, payload, settle);
    }
}
