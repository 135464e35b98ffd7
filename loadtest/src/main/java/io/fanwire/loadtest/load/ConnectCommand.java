package io.fanwire.loadtest.load;

import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.ConnectScenario;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Connections. */
@Command(
        name = "connect",
        description = {
            "Opens connections at a steady pace, each with one subscription, and keeps them until the time is over.",
            "Fails if one doesn't get in, or ends."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ConnectCommand extends ScenarioCommand {
    private static final int MAX_CLIENTS = 1_000_000;
    private static final int MAX_LOOPS = 64;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Connections per second. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--topics",
            paramLabel = "N",
            defaultValue = "10",
            description = "Those that clients subscribe to, in turn. Default: ${DEFAULT-VALUE}")
    private int topics;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Threads of clients in each process. Default: half of the cores")
    private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Override
    void check() {
        OptionCheck.upTo(MAX_CLIENTS, "--clients", clients, spec());
        OptionCheck.upTo(MAX_CLIENTS, "--rate", rate, spec());
        OptionCheck.upTo(MAX_CLIENTS, "--topics", topics, spec());
        OptionCheck.upTo(MAX_LOOPS, "--loops", loops, spec());
        if (!run().warmUp().isZero())
            throw wrong("--warm-up makes no sense here: it would open what is to be measured");
        if ((double) clients / rate > run().duration().toSeconds() - 1.0)
            throw wrong("--for " + run().duration().toSeconds() + "s is too short for " + clients + " clients at "
                    + rate + "/s and a second more");
    }

    @Override
    Scenario scenario(Targets to, Share share) {
        return new ConnectScenario(new ConnectScenario.Plan(clients, rate, topics, loops), to, share);
    }

    @Override
    Judgement judge(Measured measured, Duration elapsed) {
        TrafficJudge judge = new TrafficJudge(measured, elapsed).connections();
        long opened = measured.total(Second::opened);
        judge.count("opened", opened);
        judge.count("not opened", measured.total(Second::failed));
        judge.figure("handshakes, most in a second", (double) most(measured), "/s");
        judge.latencies("handshake", measured.latency("handshake"));
        if (opened < clients) judge.missed("%,d of %,d clients got in", opened, clients);
        if (measured.count("subscribed") < opened)
            judge.fail("%,d of those who got in were not subscribed", opened - measured.count("subscribed"));
        return judge.judgement();
    }

    private static long most(Measured measured) {
        return measured.seconds().stream().mapToLong(Second::opened).max().orElse(0);
    }
}
