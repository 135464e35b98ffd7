package io.fanwire.loadtest.load;

import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.chaos.Cluster;
import io.fanwire.loadtest.chaos.DockerCluster;
import io.fanwire.loadtest.chaos.Driver;
import io.fanwire.loadtest.chaos.Faults;
import io.fanwire.loadtest.chaos.Plan;
import io.fanwire.loadtest.chaos.PlanException;
import io.fanwire.loadtest.chaos.ProcessCluster;
import io.fanwire.loadtest.report.Report;
import io.fanwire.loadtest.report.Run;
import io.fanwire.loadtest.result.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Breaks a cluster by plan, under the traffic of another command, which accounts for every message. */
@Command(
        name = "chaos",
        description = {
            "Breaks a cluster as a plan says, while every message is accounted for.",
            "A plan is a file like loadtest/plans/mixed.yaml: how many nodes, how long, which traffic, and the steps:",
            "kill, start, drain, roll, pause, restart, disconnect, clients-offline, kill-connections, overflow, promote,",
            "slow-subscribers, half-open, never-readers, idle-connections, slow-handshakes and connect-burst.",
            "Exit code 1 if anything was missing in silence, came twice, in disorder or not as it was published, if less",
            "than half of the rate was reached, if a step could not be done, or if more clients lost their connection than",
            "the plan expects."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ChaosCommand implements Callable<Integer> {
    // Who was on a node that froze at the end notices after 35 s, and has to get in elsewhere. The run ends as soon as
    // all have what is due. Publishes fail while Redis is away; with half of them, something was tested all the same.
    private static final List<String> UNDER_FAULTS = List.of("--settle", "60s", "--least", "50");

    private final ScenarioCommand traffic;
    private final ReportWriter report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ChaosOptions options = new ChaosOptions();

    ChaosCommand() {
        this(new VerifyCommand(), ChaosCommand::page);
    }

    /** @param traffic takes the options of {@link io.fanwire.loadtest.chaos.Traffic} */
    ChaosCommand(ScenarioCommand traffic, ReportWriter report) {
        this.traffic = traffic;
        this.report = report;
    }

    @Override
    public Integer call() throws Exception {
        try {
            Plan plan = Plan.read(options.plan());
            plan.check(options.driver());
            options.check();
            configureTraffic(plan, List.of());
            try (Cluster cluster = cluster(plan)) {
                return run(plan, cluster);
            }
        } catch (PlanException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Cluster cluster(Plan plan) {
        return switch (options.driver()) {
            case PROCESS -> ProcessCluster.start(plan.layout(), System.out);
            case DOCKER -> DockerCluster.of(options.project(), plan.nodes(), options.urls(), options.metrics());
        };
    }

    private int run(Plan plan, Cluster cluster) throws Exception {
        try (Faults faults = new Faults(plan, cluster, ChaosCommand::tell)) {
            if (options.driver() == Driver.DOCKER) repairAtTheEnd(faults);
            traffic.disturb(faults, spec);
            Path page = options.report();
            return page == null ? run(plan, cluster, options.json()) : runAndReport(plan, cluster, page);
        }
    }

    private int runAndReport(Plan plan, Cluster cluster, Path page) throws Exception {
        Path kept = options.json();
        Path json = kept == null ? Files.createTempFile("fanwire-chaos", ".json") : kept;
        boolean isAllThereIs = false;
        try {
            int exitCode = run(plan, cluster, json);
            isAllThereIs = !isReported(json, page);
            return isAllThereIs ? Math.max(1, exitCode) : exitCode;
        } finally {
            if (kept == null && !isAllThereIs) Files.deleteIfExists(json);
        }
    }

    /** A run is too dear to be lost for a page: without one, it says where the result is. */
    private boolean isReported(Path json, Path page) {
        try {
            report.write(json, page);
            return true;
        } catch (IOException | RuntimeException e) {
            String why = e.getClass().getSimpleName() + ": " + e.getMessage();
            spec.commandLine()
                    .getErr()
                    .println(spec.qualifiedName() + ": --report: " + page + " can't be made: " + why
                            + "; the result is kept in " + json);
            return false;
        }
    }

    private int run(Plan plan, Cluster cluster, @Nullable Path json) throws Exception {
        List<String> arguments = new ArrayList<>();
        cluster.urls().forEach(url -> arguments.addAll(List.of("--url", url.toString())));
        if (!cluster.steadyUrls().equals(cluster.urls()))
            cluster.steadyUrls().forEach(url -> arguments.addAll(List.of("--publish-url", url.toString())));
        cluster.metrics().forEach(url -> arguments.addAll(List.of("--metrics", url.toString())));
        if (json != null) arguments.addAll(List.of("--json", json.toString()));
        configureTraffic(plan, arguments);
        return traffic.call();
    }

    /** As if the plan's traffic had been given on the command line. */
    private void configureTraffic(Plan plan, List<String> more) {
        List<String> arguments = new ArrayList<>(plan.traffic().options());
        arguments.addAll(UNDER_FAULTS);
        arguments.addAll(List.of("--for", plan.length().toMillis() + "ms"));
        arguments.addAll(more);
        CommandLine outer = spec.commandLine();
        try {
            new CommandLine(traffic)
                    .setCommandName(spec.name())
                    .setOut(outer.getOut())
                    .setErr(outer.getErr())
                    .parseArgs(arguments.toArray(String[]::new));
            traffic.check();
        } catch (ParameterException e) {
            throw wrong(plan.file() + ": its traffic: " + e.getMessage());
        }
    }

    /** Ctrl-C must not leave containers that are paused or cut off; what was started here ends anyway. */
    private static void repairAtTheEnd(Faults faults) {
        Runtime.getRuntime().addShutdownHook(new Thread(faults::close, "fanwire-chaos-end"));
    }

    // On a terminal the progress stands in the line that this one takes.
    private static void tell(String line) {
        String clear = Boolean.getBoolean(ScenarioCommand.TERMINAL_PROPERTY) ? "\r\033[2K" : "";
        System.out.println(clear + line);
    }

    private static void page(Path json, Path page) throws IOException {
        Files.writeString(page, Report.of(List.of(new Run("chaos", ResultFile.read(json)))));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
