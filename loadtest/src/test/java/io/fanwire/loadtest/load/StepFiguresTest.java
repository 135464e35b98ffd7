package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import io.fanwire.loadtest.result.Second;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StepFiguresTest {
    private static final int SECONDS = 20;
    private static final List<Mark> START = List.of(new Mark(5.0, "start node 2"));

    @Test
    void aRunWithoutStepsHasNone() {
        assertThat(StepFigures.of(measured(), List.of(), List.of())).isEmpty();
    }

    @Test
    void tellsLatencyBeforeAndAfterTheFirstStep() {
        List<Figure> figures = StepFigures.of(measured(), List.of(), START);
        assertThat(value(figures, "delivery latency p99 before the first step")).isBetween(0.9, 1.1);
        assertThat(value(figures, "delivery latency p99 from it on")).isBetween(9.9, 10.1);
    }

    @Test
    void tellsWhenConnectionsAreEvenAfterAStart() {
        // One client a second moves from the first node, which has 10, to the second.
        List<NodeSeries> nodes = List.of(node(at -> 10 - Math.max(0, at - 5)), node(at -> Math.max(0, at - 5)));
        List<Figure> figures = StepFigures.of(measured(), nodes, START);
        assertThat(value(figures, "connections even after start node 2 at 5.0 s"))
                .isEqualTo(5);
    }

    @Test
    void saysNothingOfConnectionsThatNeverWereEven() {
        List<NodeSeries> nodes = List.of(node(at -> 10), node(at -> 0));
        assertThat(StepFigures.of(measured(), nodes, START))
                .extracting(Figure::name)
                .noneMatch(name -> name.startsWith("connections even"));
    }

    @Test
    void aNodeThatStartsAgainCountsItsReadsFromZero() {
        NodeSeries node =
                new NodeSeries("n", List.of(sample(-1, 0, 5), sample(1, 0, 8), sample(3, 0, 2), sample(4, 0, 4)));
        List<Figure> figures = StepFigures.of(measured(), List.of(node), START);
        assertThat(value(figures, "nodes' reads of history")).isEqualTo(7);
    }

    private interface Connections {
        int at(int second);
    }

    private static NodeSeries node(Connections connections) {
        return new NodeSeries(
                "n",
                IntStream.rangeClosed(0, SECONDS)
                        .mapToObj(at -> sample(at, Math.max(0, connections.at(at)), 0))
                        .toList());
    }

    private static NodeSample sample(double at, long connections, long historyReads) {
        return new NodeSample(at, 0, 0, 0, connections, 0, historyReads, 0);
    }

    private static Measured measured() {
        List<Second> seconds = IntStream.range(0, SECONDS)
                .mapToObj(at -> new Second(at, 0, 0, 0, 0, 0, 1, 0, latency(at < 5 ? 1 : 10)))
                .toList();
        return new Measured(
                seconds, Second.none(SECONDS), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, 0, null);
    }

    private static Histogram latency(int millis) {
        Histogram one = Latencies.none();
        one.recordValue(TimeUnit.MILLISECONDS.toNanos(millis));
        return one;
    }

    private static double value(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
