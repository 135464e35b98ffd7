package io.fanwire.bench.storm;

import io.fanwire.bench.capacity.Count;
import io.fanwire.bench.capacity.Figure;
import io.fanwire.loadtest.DurationConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reconnect storms and rolling updates in virtual time. */
@Command(
        name = "storm",
        description = "Simulates reconnect storms and rolling updates with the client's own backoff.",
        mixinStandardHelpOptions = true)
public final class StormCommand implements Callable<Integer> {
    /** What is left beside 60% of two cores of other work. */
    private static final double SPARE_CORES = 0.8;

    @Option(
            names = "--connections",
            paramLabel = "N",
            split = ",",
            converter = Count.Converter.class,
            defaultValue = "100k,1m",
            description = "Such as 100k or 10m. Default: ${DEFAULT-VALUE}")
    private List<Count> connections = List.of();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            converter = Scenario.Converter.class,
            defaultValue = "node,zone,cut,reset,roll,slow-roll",
            description = "Default: ${DEFAULT-VALUE}")
    private List<Scenario> scenarios = List.of();

    @Option(
            names = "--per-node",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Connections of a node at first. Default: ${DEFAULT-VALUE}")
    private int perNode;

    @Option(
            names = "--handshake-rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "limits.handshake-rate. Default: ${DEFAULT-VALUE}")
    private int handshakeRate;

    @Option(
            names = "--cores",
            paramLabel = "N",
            defaultValue = "" + SPARE_CORES,
            description = "Of a node that are left for handshakes. Default: ${DEFAULT-VALUE}")
    private double cores;

    @Option(
            names = "--min-backoff",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description = "The clients'. Default: ${DEFAULT-VALUE}")
    private Duration minBackoff = Duration.ofSeconds(1);

    @Option(
            names = "--max-backoff",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "The clients'. Default: ${DEFAULT-VALUE}")
    private Duration maxBackoff = Duration.ofSeconds(10);

    @Option(
            names = "--choices",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random nodes of which the balancer takes the emptiest. Default: ${DEFAULT-VALUE}")
    private int choices;

    @Option(names = "--rebalance", description = "Nodes hand off what they have too many.")
    private boolean rebalance;

    @Option(
            names = "--drain-tolerance",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description = "rebalance.drain-tolerance-percent. Default: ${DEFAULT-VALUE}")
    private int drainTolerancePercent;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--plots", paramLabel = "DIR", description = "Where to write a picture of each storm.")
    private @Nullable Path plots;

    @Override
    public Integer call() throws IOException {
        StormTable table = new StormTable();
        for (Count clients : connections) {
            for (Scenario scenario : scenarios) {
                Outcome outcome = Storm.run(config(clients), scenario);
                table.add(clients, scenario, outcome);
                if (plots != null) write(plots, clients, scenario, outcome);
            }
        }
        table.tables().forEach(System.out::println);
        return 0;
    }

    private StormConfig config(Count clients) {
        int count = Math.toIntExact(clients.number());
        double accept = Figure.HANDSHAKE_CPU.value() + Figure.SUBSCRIBE_CPU.value() / 1_000;
        return new StormConfig(
                count,
                Math.max(2, (count + perNode - 1) / perNode),
                new DoorConfig(handshakeRate, 5_000, cores, accept, Figure.REFUSAL_CPU.value()),
                minBackoff,
                maxBackoff,
                Duration.ofMillis(50),
                choices,
                rebalance,
                drainTolerancePercent,
                seed);
    }

    private static void write(Path folder, Count clients, Scenario scenario, Outcome outcome) throws IOException {
        Files.createDirectories(folder);
        String title = clients + " clients, " + outcome.nodes() + " nodes: " + scenario.text();
        Files.writeString(
                folder.resolve("storm-" + clients.slug() + "-" + scenario.slug() + ".svg"),
                new StormPlot(outcome).draw(title));
    }
}
