package io.fanwire.loadtest.load;

import io.fanwire.loadtest.DurationConverter;
import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.scenario.ChurnScenario;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sessions and subscriptions that come and go. */
@Command(
        name = "churn",
        description = {
            "Traffic among clients that stay, while others come and go, subscribe and unsubscribe.",
            "Fails if those that stay lose something in silence or are thrown out, or if the rates are not reached."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ChurnCommand extends ScenarioCommand {
    private static final int MAX = 100_000;

    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Option(
            names = "--sessions-per-second",
            paramLabel = "N",
            defaultValue = "100",
            description = "That come, subscribe to a topic of the traffic, and go. Default: ${DEFAULT-VALUE}")
    private int sessions;

    @Option(
            names = "--stay",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "How long they stay. Default: ${DEFAULT-VALUE}")
    private Duration stay = Duration.ofSeconds(2);

    @Option(
            names = "--commands-per-second",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Subscribes and unsubscribes of other sessions, each with a topic of its own."
                    + " Default: ${DEFAULT-VALUE}")
    private int commands;

    @Option(
            names = "--commanders",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many sessions do these. Default: ${DEFAULT-VALUE}")
    private int commanders;

    @Override
    void check() {
        traffic.plan(false);
        OptionCheck.upTo(MAX, "--sessions-per-second", sessions, spec());
        OptionCheck.upTo(MAX, "--commands-per-second", commands, spec());
        OptionCheck.upTo(MAX, "--commanders", commanders, spec());
    }

    @Override
    List<String> drawn() {
        return traffic.shared();
    }

    @Override
    Scenario scenario(Targets to, Share share) {
        ChurnScenario.Plan churn = new ChurnScenario.Plan(sessions, stay.toMillis() / 1e3, commands, commanders);
        return new ChurnScenario(churn, traffic.plan(false), to, share);
    }

    @Override
    Judgement judge(Measured measured, Duration elapsed) {
        TrafficJudge judge =
                new TrafficJudge(measured, elapsed).connections().traffic().rate(traffic.rate());
        Duration wholeRun = elapsed.plus(run().warmUp());
        double came = Rate.perSecond(measured.count("came"), wholeRun);
        double commanded = Rate.perSecond(measured.count("toggles"), wholeRun);
        judge.figure("sessions that came", came, "/s");
        judge.figure("subscribes and unsubscribes", commanded, "/s");
        judge.latencies("handshake", measured.latency("handshake"));
        judge.latencies("subscribe", measured.latency("subscribe"));
        judge.latencies("unsubscribe", measured.latency("unsubscribe"));
        if (!Rate.isReached(sessions, came)) judge.missed("asked for %,d sessions/s, reached %,.0f", sessions, came);
        if (!Rate.isReached(commands, commanded))
            judge.missed("asked for %,d commands/s, reached %,.0f", commands, commanded);
        return judge.judgement();
    }
}
