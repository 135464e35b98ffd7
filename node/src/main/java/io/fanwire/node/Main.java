package io.fanwire.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command that runs one node until it is told to stop. */
@Command(
        name = "fanwire node",
        description = "Runs one Fanwire node, configured by the environment and by the YAML file that FANWIRE_CONFIG"
                + " names.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "The most important settings (all of them: docs/operations.md):",
            "  FANWIRE_HOST, FANWIRE_PORT  where clients connect (0.0.0.0, 8080)",
            "  FANWIRE_ADMIN_PORT          /livez, /readyz, /metrics (9090)",
            "  FANWIRE_REDIS_URI           redis://host:port; unset: this node is alone",
            "",
            "Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage or configuration,",
            "3 out of memory or a defect."
        })
public final class Main implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Main());
        command.setParameterExceptionHandler((e, arguments) -> {
            System.err.println("fanwire node: " + e.getMessage() + " (see --help)");
            return WRONG_USAGE;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        NodeConfig config;
        try {
            config = NodeConfig.from(System.getenv());
        } catch (InvalidConfigException e) {
            System.err.println("fanwire node: " + e.getMessage());
            return WRONG_USAGE;
        }
        setLogLevel(config.logLevel());
        return run(config);
    }

    private static int run(NodeConfig config) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "shutdown"));
        if (Boolean.parseBoolean(System.getenv("FANWIRE_EXIT_ON_STDIN_CLOSE"))) StdinWatch.start(stop);
        try {
            serve(config, stop);
        } catch (IOException | RuntimeException e) {
            System.err.println("fanwire node: " + e.getMessage());
            return FAILED;
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void serve(NodeConfig config, CountDownLatch stop) throws IOException, InterruptedException {
        try (Node node = Node.start(config)) {
            stop.await();
        }
        // After a signal the JVM would exit with 128 + its number; a stop that was asked for is no failure.
        Runtime.getRuntime().halt(0);
    }

    private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void setLogLevel(String level) {
        ((Logger) LoggerFactory.getLogger("io.fanwire")).setLevel(Level.valueOf(level));
    }

    /** From the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"fanwire " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
