package io.fanwire.bench.capacity;

import io.fanwire.loadtest.DurationConverter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a number of connections needs, by the model. */
@Command(
        name = "capacity",
        description =
                "Says how many nodes connections need, and what they ask of Redis, by the model of docs/capacity.md.",
        footer = {"", "Without options: the worked examples of docs/capacity.md."},
        mixinStandardHelpOptions = true)
public final class CapacityCommand implements Callable<Integer> {
    @Option(
            names = "--connections",
            paramLabel = "N",
            converter = Count.Converter.class,
            description = "Such as 100k or 10m.")
    private @Nullable Count connections;

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            defaultValue = "chat",
            description = "hot, small or chat; the options below change it. Default: ${DEFAULT-VALUE}")
    private String shape = "";

    @Option(names = "--subscribers", paramLabel = "N", description = "Of each topic; 0: all connections.")
    private @Nullable Long subscribers;

    @Option(names = "--rate", paramLabel = "N", description = "Publications of each topic per second.")
    private @Nullable Double rate;

    @Option(names = "--payload", paramLabel = "BYTES", description = "Of each publication.")
    private @Nullable Integer payload;

    @Option(names = "--no-history", description = "Redis keeps no publications.")
    private boolean noHistory;

    @Option(
            names = "--compare-interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "redis.compare-interval. Default: ${DEFAULT-VALUE}")
    private Duration compareInterval = Duration.ofSeconds(30);

    @Option(names = "--large", description = "Nodes of 8 cores and 8 GiB rather than those of k8s/base.")
    private boolean large;

    @Override
    public Integer call() {
        NodeSize size = large ? NodeSize.LARGE : NodeSize.BASE;
        if (connections == null) {
            Examples.tables(size).forEach(System.out::println);
            return 0;
        }
        Shape chosen = chosen();
        Model model = new Model(size, Targets.DEFAULT.withCompareSeconds(compareInterval.toMillis() / 1e3));
        Sizing sizing = model.size(connections.number(), chosen);
        Examples.tables(model, List.of(connections), List.of(chosen)).forEach(System.out::println);
        System.out.println("Nodes by each bound alone: " + Examples.bounds(sizing));
        return 0;
    }

    private Shape chosen() {
        Shape base = Shape.named(shape);
        return new Shape(
                base.name(),
                base.meaning(),
                subscribers == null ? base.subscribersPerTopic() : subscribers,
                rate == null ? base.perSecond() : rate,
                payload == null ? base.payload() : payload,
                !noHistory && base.history());
    }
}
