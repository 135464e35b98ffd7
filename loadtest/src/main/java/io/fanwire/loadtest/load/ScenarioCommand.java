package io.fanwire.loadtest.load;

import io.fanwire.loadtest.chaos.Cluster;
import io.fanwire.loadtest.chaos.ProcessCluster;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.ResultFile;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.scenario.Disturbance;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A scenario's options, its traffic, and what its figures mean. */
abstract class ScenarioCommand implements Callable<Integer> {
    /** System property that the launcher sets where standard output is a terminal. */
    static final String TERMINAL_PROPERTY = "fanwire.terminal";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TargetOptions targets = new TargetOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    private Disturbance disturbance = Disturbance.NONE;
    private @Nullable CommandSpec outer;

    /** @throws ParameterException if the options make no sense */
    abstract void check();

    /** This process' share of the traffic. Other processes call it with the same options. */
    abstract Scenario scenario(Targets to, Share share);

    /**
     * Judges the measured time of all processes together.
     *
     * @param elapsed of the measured time
     */
    abstract Judgement judge(Measured measured, Duration elapsed);

    /** Has that done to the system meanwhile, in the name of another command. */
    final void disturb(Disturbance by, CommandSpec called) {
        disturbance = by;
        outer = called;
    }

    final Disturbance disturbance() {
        return disturbance;
    }

    /** What the user typed. */
    final String commandLine() {
        return Given.commandLine(outer == null ? spec : outer);
    }

    /** Runs the scenario on the cluster that the options name, or on one that is started for it. */
    @Override
    public Integer call() throws Exception {
        check();
        OptionCheck.writable("--json", run.json(), spec);
        if (targets.nodes() == 0) return run(targets.targets());
        try (Cluster cluster = ProcessCluster.start(targets.nodes(), out())) {
            return run(targets.targets(cluster.urls(), cluster.metrics()));
        }
    }

    private int run(Targets to) throws InterruptedException, IOException {
        try (Crew crew = crew(to)) {
            Progress progress = new Progress(out(), Boolean.getBoolean(TERMINAL_PROPERTY), crew.size());
            RunResult result = new Course(this, progress).run(crew, to, disturbance);
            FinalTable.print(result, out());
            if (run.json() != null) ResultFile.write(run.json(), result);
            return result.verdict().exitCode();
        }
    }

    private Crew crew(Targets to) {
        if (run.workers() > 0) return FleetCrew.join(run.workers(), run.coordinate(), shared(), to);
        if (run.processes() > 1) return FleetCrew.start(run.processes(), shared(), to);
        return new OwnCrew(scenario(to, Share.ALL));
    }

    private List<String> shared() {
        List<String> args = new ArrayList<>(Given.scenario(spec));
        boolean given = drawn().isEmpty() || args.stream().anyMatch(word -> word.startsWith(drawn().get(0)));
        if (!given) args.addAll(drawn());
        return args;
    }

    /** An option that is drawn if it is not given, and its value: other processes have to get the same. */
    List<String> drawn() {
        return List.of();
    }

    private PrintStream out() {
        return System.out;
    }

    CommandSpec spec() {
        return spec;
    }

    TargetOptions targets() {
        return targets;
    }

    RunOptions run() {
        return run;
    }

    ParameterException wrong(String message) {
        return OptionCheck.wrong(message, spec);
    }
}
