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

    static Table table(NodeSize size) {
        return table(size, SIZES, SHAPES);
    }

    static Table table(NodeSize size, List<Count> connections, List<Shape> shapes) {
        Table table = new Table(
                "connections",
                "shape",
                "nodes",
                "what binds",
                "a node: cores",
                "memory",
                "deliveries/s",
                "Mbit/s",
                "publications/s",
                "copies each",
                "Redis: of a core",
                "turn",
                "Mbit/s out",
                "Redis servers");
        Model model = new Model(size, Targets.DEFAULT);
        for (Count count : connections) {
            for (Shape shape : shapes) table.add(cells(count, shape, model.size(count.number(), shape)));
        }
        return table;
    }

    static String bounds(Sizing sizing) {
        return sizing.needed().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " " + format("%,.0f", each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> cells(Count count, Shape shape, Sizing sizing) {
        return List.of(
                count.toString(),
                shape.name(),
                format("%,.0f", sizing.nodes()),
                sizing.binding().toString(),
                format("%.2f", sizing.nodeCores()),
                format("%,.0f MiB", sizing.nodeMemory() / (1 << 20)),
                format("%,.0f", sizing.deliveriesPerNode()),
                format("%,.1f", sizing.bitsPerNode() / 1e6),
                format("%,.0f", sizing.publications()),
                format("%,.1f", sizing.copies()),
                format("%.2f", sizing.redisCores()),
                sizing.redisTurnMillis() == Double.POSITIVE_INFINITY
                        ? "never"
                        : format("%,.1f ms", sizing.redisTurnMillis()),
                format("%,.0f", sizing.redisBits() / 1e6),
                Integer.toString(sizing.redisServers(Targets.DEFAULT.redisCore())));
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
