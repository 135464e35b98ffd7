package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import io.fanwire.loadtest.result.Second;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the load cost the nodes, as far as their metrics are known. */
final class NodeFigures {
    // Fewer tell nothing about one.
    private static final long ENOUGH_CONNECTIONS = 500;

    // From one to the next, in seconds, and a bit.
    private static final double A_READING = 1.5;

    private NodeFigures() {}

    static List<Figure> of(List<NodeSeries> nodes, Measured measured, Duration elapsed) {
        List<NodeSeries> answered =
                nodes.stream().filter(node -> !node.samples().isEmpty()).toList();
        List<Figure> figures = new ArrayList<>();
        if (answered.isEmpty()) return figures;
        double cores =
                answered.stream().mapToDouble(node -> cores(node, elapsed)).sum();
        figures.add(new Figure("nodes' CPU", cores, "cores"));
        long delivered = measured.sum(Second::delivered);
        if (delivered > 0)
            figures.add(new Figure("nodes' CPU per delivery", cores * elapsed.toNanos() / 1e3 / delivered, "µs"));
        figures.add(new Figure("nodes' resident memory, most", most(answered, NodeSample::residentBytes) / 1e6, "MB"));
        if (delivered == 0) addPerConnection(answered, figures);
        return figures;
    }

    /** How nodes are when everything is over, beside how they were at first: for runs that disturb them. */
    static List<Figure> beforeAndAfter(List<NodeSeries> nodes) {
        List<NodeSeries> answered =
                nodes.stream().filter(node -> !node.samples().isEmpty()).toList();
        List<Figure> figures = new ArrayList<>();
        if (answered.isEmpty()) return figures;
        figures.add(
                new Figure("nodes' resident memory, first", first(answered, NodeSample::residentBytes) / 1e6, "MB"));
        figures.add(new Figure("nodes' resident memory, last", last(answered, NodeSample::residentBytes) / 1e6, "MB"));
        figures.add(Figure.count("nodes' open files, first", first(answered, NodeSample::openFiles)));
        figures.add(Figure.count("nodes' open files, most", most(answered, NodeSample::openFiles)));
        figures.add(Figure.count("nodes' open files, last", last(answered, NodeSample::openFiles)));
        figures.add(Figure.count(
                "nodes' reads of history",
                answered.stream().mapToLong(NodeFigures::historyReads).sum()));
        return figures;
    }

    /** What it used in the measured time, whether it was there all the time or not. */
    private static double cores(NodeSeries node, Duration elapsed) {
        double end = elapsed.toNanos() / 1e9;
        double used = 0;
        double before = 0;
        double last = 0;
        for (NodeSample sample : node.samples()) {
            used += sample.cpuCores() * within(before, sample.at(), end);
            before = sample.at();
            last = sample.cpuCores();
        }
        // The next reading came too late to be one, or never, if the node was gone by then.
        if (end - before < A_READING) used += last * within(before, end, end);
        return used / end;
    }

    private static double within(double from, double to, double end) {
        return Math.max(0, Math.min(to, end) - Math.max(0, from));
    }

    /** From each node's first sample to the one with most connections. */
    private static void addPerConnection(List<NodeSeries> nodes, List<Figure> figures) {
        long connections = 0;
        long bytes = 0;
        for (NodeSeries node : nodes) {
            NodeSample first = node.samples().get(0);
            NodeSample fullest = node.samples().stream()
                    .reduce((a, b) -> b.connections() >= a.connections() ? b : a)
                    .orElse(first);
            connections += fullest.connections() - first.connections();
            bytes += fullest.residentBytes() - first.residentBytes();
        }
        if (connections >= ENOUGH_CONNECTIONS && bytes > 0)
            figures.add(new Figure("nodes' resident memory per connection", bytes / 1e3 / connections, "KB"));
    }

    /** In the measured time. A node that is started again counts from zero. */
    private static long historyReads(NodeSeries node) {
        long reads = 0;
        long before = -1;
        for (NodeSample sample : node.samples()) {
            long now = sample.historyReads();
            if (before >= 0 && sample.at() > 0) reads += now < before ? now : now - before;
            before = now;
        }
        return reads;
    }

    /** When the measured time begins: who is to be there is there. */
    private static long first(List<NodeSeries> nodes, ToLongFunction<NodeSample> value) {
        return nodes.stream()
                .mapToLong(node -> node.samples().stream()
                        .filter(sample -> sample.at() >= 0)
                        .mapToLong(value)
                        .findFirst()
                        .orElse(0))
                .sum();
    }

    private static long last(List<NodeSeries> nodes, ToLongFunction<NodeSample> value) {
        return nodes.stream()
                .mapToLong(node ->
                        value.applyAsLong(node.samples().get(node.samples().size() - 1)))
                .sum();
    }

    private static long most(List<NodeSeries> nodes, ToLongFunction<NodeSample> value) {
        return nodes.stream()
                .mapToLong(
                        node -> node.samples().stream().mapToLong(value).max().orElse(0))
                .sum();
    }
}
