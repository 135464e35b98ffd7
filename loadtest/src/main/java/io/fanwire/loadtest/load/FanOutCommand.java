package io.fanwire.loadtest.load;

import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.scenario.FanOutScenario;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishers and subscribers. */
@Command(
        name = "fanout",
        description = {
            "Publishes to topics and measures what their subscribers get, and how late.",
            "Fails if a publication is lost in silence, a connection ends, or the rate is not reached."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FanOutCommand extends ScenarioCommand {
    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Option(names = "--saturate", description = "Instead of --rate: as fast as the subscribers take it.")
    private boolean saturate;

    @Override
    void check() {
        traffic.plan(saturate);
    }

    @Override
    List<String> drawn() {
        return traffic.shared();
    }

    @Override
    Scenario scenario(Targets to, Share share) {
        return new FanOutScenario(traffic.plan(saturate), to, share);
    }

    @Override
    Judgement judge(Measured measured, Duration elapsed) {
        TrafficJudge judge = new TrafficJudge(measured, elapsed).connections().traffic();
        if (saturate)
            judge.remark("saturated: latencies are how much is on its way, and say nothing of a quieter system");
        else judge.rate(traffic.rate());
        return judge.judgement();
    }
}
