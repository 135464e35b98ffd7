package io.fanwire.bench.capacity;

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

    @Option(names = "--large", description = "Nodes of 8 cores and 8 GiB rather than those of k8s/base.")
    private boolean large;

    @Override
    public Integer call() {
        NodeSize size = large ? NodeSize.LARGE : NodeSize.BASE;
        if (connections == null) {
            System.out.println(Examples.table(size));
            return 0;
        }
        Shape chosen = chosen();
        Sizing sizing = new Model(size, Targets.DEFAULT).size(connections.number(), chosen);
        System.out.println(Examples.table(size, List.of(connections), List.of(chosen)));
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
