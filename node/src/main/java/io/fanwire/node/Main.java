package io.fanwire.node;

import ch.qos.logback.classic.Level;
import io.fanwire.node.drain.Drain;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command that runs one node until it is told to stop. */
@Command(
        name = "fanwire node",
        description = "Runs one Fanwire node, configured by the environment and by the YAML file that FANWIRE_CONFIG"
                + " names.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
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
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    // For what is left to do when the clients are gone.
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Main());
        command.setParameterExceptionHandler((e, arguments) -> {
            System.err.println("fanwire node: " + e.getMessage() + " (see --help)");
            return WRONG_USAGE;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() {
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

    private static int run(NodeConfig config) {
        Stop stop = new Stop();
        AtomicBoolean waiting = new AtomicBoolean(true);
        CountDownLatch stopped = new CountDownLatch(1);
        listen(stop, stopped);
        stop.onAsked(() -> endIf(waiting));
        stop.onAsked(() -> Watchdog.start(Drain.limit(config.drain()).plus(CLOSE_LIMIT), Main::end));
        stop.onUrgent(() -> Watchdog.start(Drain.HURRY_LIMIT.plus(CLOSE_LIMIT), Main::end));
        try {
            serve(config, stop, waiting);
            end();
        } catch (IOException | RuntimeException e) {
            System.err.println("fanwire node: " + e.getMessage());
            // Who was told to stop has not failed, whatever became of the start.
            if (stop.isAsked()) end();
            return FAILED;
        } finally {
            // The exit is a stop too, and must keep its code.
            waiting.set(false);
            stopped.countDown();
        }
        return 0;
    }

    private static void listen(Stop stop, CountDownLatch stopped) {
        Signals.onStop(stop::ask);
        // For all other ends, such as SIGHUP.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "shutdown"));
        if (Boolean.parseBoolean(System.getenv("FANWIRE_EXIT_ON_STDIN_CLOSE"))) StdinWatch.start(stop);
    }

    private static void serve(NodeConfig config, Stop stop, AtomicBoolean waiting) throws IOException {
        try (Node node = Node.start(config, () -> waiting.set(false))) {
            stop.onUrgent(node::hurry);
            stop.await();
            node.stop();
        }
    }

    /** A node that waits for Redis has opened no port yet, and nobody knows of it: nothing is left to be done. */
    private static void endIf(AtomicBoolean waiting) {
        if (!waiting.get()) return;
        LOG.info("stopped while it waited for Redis");
        end();
    }

    /** Where the JVM is on its way out already, it would exit with 128 + the signal's number: a stop is no failure. */
    private static void end() {
        Runtime.getRuntime().halt(0);
    }

    private static void stopAndWait(Stop stop, CountDownLatch stopped) {
        stop.ask();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void setLogLevel(String level) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.fanwire")).setLevel(Level.valueOf(level));
    }
}
