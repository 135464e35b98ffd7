package io.fanwire.loadtest.demo;

import io.fanwire.loadtest.DurationConverter;
import io.fanwire.loadtest.Version;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a cluster on this machine and shows live traffic on it. */
@Command(
        name = "demo",
        description = {
            "Starts a private Redis, some nodes and live traffic between them, and accounts for every message.",
            "Exit code 0 only if every publication reached every subscriber, once and in order.",
            "Latencies leave out the first two seconds, in which the JVMs warm up."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {
    /** System property that the launcher sets where standard output is a terminal. */
    private static final String TERMINAL_PROPERTY = "fanwire.terminal";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Ends by itself after that long, like 15s or 2m. Without it: at Ctrl-C.")
    private @Nullable Duration duration;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
    private int nodes;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "The first node's port; the others take the next ones. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "90",
            description = "On all nodes together. Default: ${DEFAULT-VALUE}")
    private int subscribers;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "200",
            description = "Publications per second, of all publishers together. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Override
    public Integer call() throws InterruptedException {
        var demo = new Demo(plan(), System.out, Boolean.getBoolean(TERMINAL_PROPERTY));
        Runtime.getRuntime().addShutdownHook(new Thread(demo::interrupt, "fanwire-demo-end"));
        return demo.run() ? 0 : 1;
    }

    private DemoPlan plan() {
        try {
            return new DemoPlan(nodes, port, subscribers, rate, duration);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
