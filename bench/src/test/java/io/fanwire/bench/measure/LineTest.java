package io.fanwire.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void pointsOnALineGiveIt() {
        Line line = Line.through(new double[] {0, 1, 2, 16}, new double[] {5, 7, 9, 37});
        assertThat(line.at0()).isCloseTo(5, within(1e-9));
        assertThat(line.slope()).isCloseTo(2, within(1e-9));
    }

    @Test
    void theLineIsTheOneWithTheLeastSquares() {
        Line line = Line.through(new double[] {0, 1, 2}, new double[] {0, 3, 3});
        assertThat(line.at0()).isCloseTo(0.5, within(1e-9));
        assertThat(line.slope()).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void onePlaceIsNoLine() {
        assertThatThrownBy(() -> Line.through(new double[] {4, 4}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
