package io.fanwire.loadtest.load;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What changed with what a plan did, as rows of the final table. */
final class StepFigures {
    private static final int P99 = 99;
    private static final String START = "start node";
    /** Above the average: a little more than the tenth that nodes tolerate by themselves. */
    private static final double EVEN = 1.15;
    // Of a node that answers, in seconds.
    private static final double STALE = 3;

    private StepFigures() {}

    static List<Figure> of(Measured measured, List<NodeSeries> nodes, List<Mark> marks) {
        if (marks.isEmpty()) return List.of();
        double first = marks.get(0).at();
        List<Figure> figures = new ArrayList<>(List.of(
                p99("delivery latency p99 before the first step", measured, second -> second + 1 <= first),
                p99("delivery latency p99 from it on", measured, second -> second + 1 > first)));
        marks.stream()
                .filter(mark -> mark.label().startsWith(START)
                        && mark.at() < measured.seconds().size())
                .flatMap(mark -> evenAfter(mark, nodes, measured.seconds().size()))
                .forEach(figures::add);
        figures.addAll(NodeFigures.beforeAndAfter(nodes));
        return figures;
    }

    private static Figure p99(String name, Measured measured, IntPredicate which) {
        Histogram all = Latencies.none();
        measured.seconds().stream()
                .filter(second -> which.test(second.at()))
                .forEach(second -> all.add(second.latency()));
        return Figure.millis(name, all, P99);
    }

    /** None if it was not even by the end. */
    private static Stream<Figure> evenAfter(Mark start, List<NodeSeries> nodes, int seconds) {
        for (double at = Math.ceil(start.at()) + 1; at <= seconds; at++) {
            if (!isEven(nodes, at)) continue;
            String name = String.format(Locale.ROOT, "connections even after %s at %.1f s", start.label(), start.at());
            return Stream.of(new Figure(name, at - start.at(), "s"));
        }
        return Stream.of();
    }

    private static boolean isEven(List<NodeSeries> nodes, double at) {
        List<Long> connections = new ArrayList<>();
        for (NodeSeries node : nodes)
            node.samples().stream()
                    .filter(sample -> sample.at() <= at && sample.at() > at - STALE)
                    .reduce((before, last) -> last)
                    .map(NodeSample::connections)
                    .ifPresent(connections::add);
        double mean = connections.stream().mapToLong(count -> count).average().orElse(0);
        return connections.size() == nodes.size() && connections.stream().allMatch(count -> count <= EVEN * mean);
    }
}
