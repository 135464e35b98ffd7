package io.fanwire.loadtest.load;

import io.fanwire.loadtest.DurationConverter;
import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.fleet.Worker;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Does a share of somebody else's run. */
@Command(
        name = "worker",
        description = {
            "Joins a run that was started with --workers, and does its share of it.",
            "The coordinator says what to do; so join only one that you trust."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WorkerCommand implements Callable<Integer> {
    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
    private static final Duration FOREVER = Duration.ofDays(10_000);
    private static final long SAME_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--join", paramLabel = "HOST:PORT", required = true, description = "Where the coordinator is.")
    private String join = "";

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "60s",
            description = "How long to wait for the coordinator. Default: ${DEFAULT-VALUE}")
    private Duration patience = Duration.ofSeconds(60);

    @Option(names = "--forever", description = "Joins again after a run, for the next, and waits without end.")
    private boolean forever;

    @Override
    public Integer call() throws InterruptedException {
        Matcher address = ADDRESS.matcher(join);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535)
            throw new ParameterException(spec.commandLine(), "--join must be like host:7070: " + join);
        // A container's name is unknown until it runs, and the JVM would remember that for 10 s.
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        String host = address.group(1);
        int port = Integer.parseInt(address.group(2));
        if (forever) workForever(host, port);
        workOnce(host, port, patience);
        return 0;
    }

    /** Ends by an interrupt only. */
    private void workForever(String host, int port) throws InterruptedException {
        String last = "";
        long lastNanos = 0;
        while (true) {
            try {
                workOnce(host, port, FOREVER);
            } catch (ScenarioException e) {
                String why = String.valueOf(e.getMessage());
                // What is no coordinator may say the same every second for days.
                boolean again = why.equals(last) && System.nanoTime() - lastNanos < SAME_NANOS;
                if (!again) spec.commandLine().getErr().println("worker: " + why);
                last = why;
                lastNanos = System.nanoTime();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private static void workOnce(String host, int port, Duration wait) throws InterruptedException {
        try (Worker worker = Worker.join(host, port, wait)) {
            worker.work(
                    WorkerCommand::scenario,
                    (scenario, timing, onSecond) -> new OwnCrew(scenario).run(timing, onSecond));
        }
    }

    private static Scenario scenario(List<String> args, Targets targets, Share share) {
        try {
            ParseResult parsed = new CommandLine(new LoadCommand()).parseArgs(args.toArray(String[]::new));
            Object command = parsed.subcommand() == null
                    ? ""
                    : parsed.subcommand().commandSpec().userObject();
            if (command instanceof ScenarioCommand known) return known.scenario(targets, share);
            throw new IllegalArgumentException("no scenario: " + args);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
