package io.fanwire.loadtest.load;

import io.fanwire.loadtest.DurationConverter;
import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.StormScenario;
import io.fanwire.loadtest.scenario.Targets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everybody comes back at once. */
@Command(
        name = "storm",
        description = {
            "Traffic whose subscribers all lose their connections at the same moment, and come back with full jitter.",
            "Fails if one is not back and caught up when the time is over, or loses something in silence.",
            "A node that is really killed is a matter of the chaos command."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StormCommand extends ScenarioCommand {
    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Option(
            names = "--after",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "Into the measured time, when they lose them. Default: ${DEFAULT-VALUE}")
    private Duration after = Duration.ofSeconds(5);

    @Override
    void check() {
        traffic.plan(false);
        if (after.compareTo(run().duration()) >= 0) throw wrong("--after must be less than --for");
    }

    @Override
    List<String> drawn() {
        return traffic.shared();
    }

    @Override
    Scenario scenario(Targets to, Share share) {
        return new StormScenario(after.plus(run().warmUp()), traffic.plan(false), to, share);
    }

    @Override
    Judgement judge(Measured measured, Duration elapsed) {
        TrafficJudge judge = new TrafficJudge(measured, elapsed).connections().traffic();
        judge.count("back", measured.count("back"));
        judge.latencies("back", measured.latency("back"));
        judge.count("caught up", measured.count("caught up"));
        judge.latencies("caught up", measured.latency("caught up"));
        if (measured.count("caught up") < traffic.subscribers())
            judge.missed(
                    "%,d of %,d subscribers were back, %,d had caught up",
                    measured.count("back"), traffic.subscribers(), measured.count("caught up"));
        return judge.judgement();
    }
}
