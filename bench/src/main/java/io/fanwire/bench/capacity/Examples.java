package io.fanwire.bench.capacity;

import io.fanwire.loadtest.measure.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sizes and shapes as rows of the table in docs/capacity.md. */
final class Examples {
    private static final List<Count> SIZES = List.of(new Count(100_000), new Count(1_000_000), new Count(10_000_000));
    private static final List<Shape> SHAPES = List.of(Shape.HOT, Shape.SMALL, Shape.CHAT);

    private Examples() {}

    static List<Table> tables(NodeSize size) {
        return tables(new Model(size, Targets.DEFAULT), SIZES, SHAPES);
    }

    /** What nodes have to do, and what Redis has. */
    static List<Table> tables(Model model, List<Count> connections, List<Shape> shapes) {
        Table nodes = new Table(
                "connections",
                "shape",
                "nodes",
                "what binds",
                "cores each",
                "memory each",
                "deliveries/s each",
                "Mbit/s each");
        Table redis = new Table(
                "connections",
                "on",
                "publications/s",
                "copies of each",
                "comparisons/s",
                "of Redis' core",
                "turn",
                "Mbit/s out",
                "Redis' memory",
                "Redis servers");
        for (Count count : connections) {
            for (Shape shape : shapes) {
                Sizing sizing = model.size(count.number(), shape);
                nodes.add(nodes(count, shape, sizing));
                redis.add(redis(count, shape, sizing));
            }
        }
        return List.of(nodes, redis);
    }

    static String bounds(Sizing sizing) {
        return sizing.needed().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " " + format("%,.0f", each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> nodes(Count count, Shape shape, Sizing sizing) {
        return List.of(
                count.toString(),
                shape.name(),
                format("%,.0f", sizing.nodes()),
                sizing.binding().toString(),
                format("%.2f", sizing.nodeCores()),
                format("%,.0f MiB", sizing.nodeMemory() / (1 << 20)),
                format("%,.0f", sizing.deliveriesPerNode()),
                format("%,.1f", sizing.bitsPerNode() / 1e6));
    }

    private static List<String> redis(Count count, Shape shape, Sizing sizing) {
        return List.of(
                count.toString(),
                shape.name() + (shape.history() ? "" : ", no history"),
                format("%,.0f", sizing.publications()),
                format("%,.1f", sizing.copies()),
                format("%,.0f", sizing.comparisons()),
                format("%.2f", sizing.redisCores()),
                Double.isInfinite(sizing.redisTurnMillis()) ? "endless" : format("%,.2f ms", sizing.redisTurnMillis()),
                format("%,.0f", sizing.redisBits() / 1e6),
                format("%,.2f GiB", sizing.redisMemory() / (1 << 30)),
                Integer.toString(sizing.redisServers(Targets.DEFAULT.redisCore())));
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
