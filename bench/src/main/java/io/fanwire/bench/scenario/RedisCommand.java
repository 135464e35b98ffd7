package io.fanwire.bench.scenario;

import io.fanwire.bench.load.BackplaneLoad;
import io.fanwire.bench.measure.Line;
import io.fanwire.bench.peer.RedisMeter;
import io.fanwire.harness.RedisServer;
import io.fanwire.loadtest.DurationConverter;
import io.fanwire.loadtest.measure.ProcessUsage;
import io.fanwire.loadtest.measure.Table;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a publication costs Redis, and each node that hears it, without sockets of clients. */
@Command(
        name = "redis",
        description = "Measures what a publication costs Redis, by the number of nodes that hear it.",
        mixinStandardHelpOptions = true)
public final class RedisCommand implements Callable<Integer> {
    private static final int TOPICS = 100;
    // What stands around a payload in a publication.
    private static final int AROUND = 12;
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    @Option(
            names = "--nodes",
            paramLabel = "N",
            split = ",",
            defaultValue = "0,1,2,4,8,16",
            description = "That subscribe to every topic. Default: ${DEFAULT-VALUE}")
    private List<Integer> nodes = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Publications per second of the paced runs. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "64",
            description = "Publications on their way in the runs that are not. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(
            names = "--publishers",
            paramLabel = "N",
            defaultValue = "16",
            description = "Nodes that publish, in turn. Default: ${DEFAULT-VALUE}")
    private int publishers;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "Of each publication. Default: ${DEFAULT-VALUE}")
    private int payload;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "How long each run takes. Default: ${DEFAULT-VALUE}")
    private Duration time = Duration.ofSeconds(5);

    private final Table table = new Table(
            "history",
            "load",
            "nodes",
            "publications/s",
            "Redis CPU µs each",
            "Redis bytes out each",
            "JVM CPU µs each");

    private final List<String> fits = new ArrayList<>();

    @Override
    public Integer call() {
        for (boolean history : List.of(true, false)) {
            measure(history, "paced", load -> load.paced(rate, time), load -> load.paced(rate, WARM_UP));
            measure(history, "flat out", load -> load.flatOut(inFlight, time), load -> load.flatOut(inFlight, WARM_UP));
        }
        System.out.println(table);
        System.out.println(
                "JVM: the connections to Redis of the nodes that publish and of those that hear it, together.");
        fits.forEach(System.out::println);
        return 0;
    }

    private void measure(
            boolean history, String load, ToDoubleFunction<BackplaneLoad> run, ToDoubleFunction<BackplaneLoad> warmUp) {
        List<Cost> costs = new ArrayList<>();
        for (int count : nodes) {
            Cost cost = measure(history, count, run, warmUp);
            costs.add(cost);
            table.add(cost.cells(history ? "1,000" : "none", load, count));
            System.err.println(load + ", " + count + " nodes: " + cost);
        }
        if (nodes.size() < 2) return;
        String name = (history ? "with history" : "without history") + ", " + load;
        fits.add(name + ": Redis CPU " + fit(costs, Cost::redisMicros, "µs") + "; bytes out "
                + fit(costs, Cost::bytesOut, "") + "; JVM CPU " + fit(costs, Cost::jvmMicros, "µs"));
    }

    private Cost measure(
            boolean history, int nodes, ToDoubleFunction<BackplaneLoad> run, ToDoubleFunction<BackplaneLoad> warmUp) {
        List<Topic> topics = IntStream.range(0, TOPICS)
                .mapToObj(i -> new Topic("bench:redis-" + i))
                .toList();
        try (RedisServer redis = RedisServer.launch();
                RedisMeter meter = new RedisMeter(redis.uri());
                Listeners all = new Listeners(redis.uri(), history, publishers, nodes, topics)) {
            BackplaneLoad load = new BackplaneLoad(all.publishers(), topics, payload + AROUND);
            var unused = warmUp.applyAsDouble(load);
            return Cost.of(meter, () -> run.applyAsDouble(load));
        }
    }

    private String fit(List<Cost> costs, ToDoubleFunction<Cost> what, String unit) {
        double[] x = nodes.stream().mapToDouble(Integer::doubleValue).toArray();
        Line line = Line.through(x, costs.stream().mapToDouble(what).toArray());
        return String.format(Locale.ROOT, "%.1f + %.2f %s a node", line.at0(), line.slope(), unit);
    }

    /** Of one publication. */
    private record Cost(double perSecond, double redisMicros, double bytesOut, double jvmMicros) {
        static Cost of(RedisMeter meter, DoubleSupplier run) {
            RedisMeter.Reading before = meter.read();
            Duration jvm = ProcessUsage.own().cpu();
            long start = System.nanoTime();
            double count = run.getAsDouble();
            double seconds = (System.nanoTime() - start) / 1e9;
            double jvmMicros = ProcessUsage.own().cpu().minus(jvm).toNanos() / 1e3;
            RedisMeter.Reading after = meter.read();
            return new Cost(
                    count / seconds,
                    (after.cpuMicros() - before.cpuMicros()) / count,
                    (after.bytesOut() - before.bytesOut()) / count,
                    jvmMicros / count);
        }

        List<String> cells(String history, String load, int nodes) {
            return List.of(
                    history,
                    load,
                    Integer.toString(nodes),
                    "%,.0f".formatted(perSecond),
                    "%.1f".formatted(redisMicros),
                    "%,.0f".formatted(bytesOut),
                    "%.1f".formatted(jvmMicros));
        }
    }
}
