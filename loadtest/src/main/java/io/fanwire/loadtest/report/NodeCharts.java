package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the nodes said of themselves, second by second. */
record NodeCharts(Timeline timeline, List<NodeSeries> nodes) {
    Chart cpu() {
        return chart(
                "cpu",
                "CPU of each node",
                "In cores: 1 is one core that does nothing else.",
                Chart.Unit.CORES,
                NodeSample::cpuCores);
    }

    Chart connections() {
        return chart(
                "node-connections",
                "Connections of each node",
                "How evenly clients are spread.",
                Chart.Unit.COUNT,
                NodeSample::connections);
    }

    Chart resident() {
        return chart(
                "resident",
                "Memory of each node",
                "Resident: what the whole process holds of the machine's memory.",
                Chart.Unit.BYTES,
                NodeSample::residentBytes);
    }

    Chart heap() {
        return chart(
                "heap",
                "Heap of each node",
                "Java objects, with those that no longer matter; it falls when the garbage collector has been there.",
                Chart.Unit.BYTES,
                NodeSample::heapBytes);
    }

    private Chart chart(
            String id, String title, String explanation, Chart.Unit unit, ToDoubleFunction<NodeSample> value) {
        List<Double> x = seconds();
        List<Line> lines = nodes.stream().map(node -> line(node, x, value)).toList();
        return timeline.chart(id, title, explanation, unit, false, x, lines);
    }

    // Nodes are not asked at the very same moment: whole seconds bring them together.
    private List<Double> seconds() {
        return nodes.stream()
                .flatMap(node -> node.samples().stream())
                .map(NodeCharts::second)
                .filter(second -> second >= 0)
                .distinct()
                .sorted()
                .toList();
    }

    private static Line line(NodeSeries node, List<Double> x, ToDoubleFunction<NodeSample> value) {
        Map<Double, Double> values = new HashMap<>();
        node.samples().forEach(sample -> values.put(second(sample), Numbers.rounded(value.applyAsDouble(sample))));
        return new Line(NodeRow.name(node), x.stream().map(values::get).toList());
    }

    private static double second(NodeSample sample) {
        return Math.rint(sample.at());
    }
}
