package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import io.fanwire.loadtest.result.Second;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeFiguresTest {
    private static final Measured NOTHING =
            new Measured(List.of(), Second.none(1_000), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, 0, null);

    @Test
    void whatWasUsedBeforeAndAfterDoesNotCount() {
        // 0.5 s and 0.4 s of the first and the last reading are within the measured time.
        assertThat(cores(2, sample(-0.5, 9), sample(0.5, 1), sample(1.6, 0.5), sample(2.6, 2)))
                .isEqualTo((0.5 * 1 + 1.1 * 0.5 + 0.4 * 2) / 2, within(1e-9));
    }

    @Test
    void aReadingHoldsUntilTheNextThatCameTooLate() {
        assertThat(cores(2, sample(-0.1, 1), sample(0.9, 1))).isEqualTo(1, within(1e-9));
    }

    @Test
    void aNodeThatWasKilledUsedNothingSince() {
        assertThat(cores(10, sample(-1, 1), sample(1, 1), sample(2, 1))).isEqualTo(0.2, within(1e-9));
    }

    @Test
    void longIntervalsWeighMore() {
        assertThat(cores(10, sample(0, 3), sample(1, 1), sample(10, 0.1))).isEqualTo(0.19, within(1e-9));
    }

    private static double cores(int seconds, NodeSample... samples) {
        NodeSeries node = new NodeSeries("http://x:9090", List.of(samples));
        return NodeFigures.of(List.of(node), NOTHING, Duration.ofSeconds(seconds)).stream()
                .filter(figure -> figure.name().equals("nodes' CPU"))
                .mapToDouble(Figure::value)
                .sum();
    }

    private static NodeSample sample(double at, double cores) {
        return new NodeSample(at, cores, 1, 1, 1, 1, 1, 1);
    }
}
