package io.fanwire.loadtest.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SkewTest {
    @Test
    void theOtherClockWasReadInTheMiddle() {
        assertThat(Skew.between(1_000, 1_300, 1_200)).isEqualTo(new Skew(200, 100));
        assertThat(Skew.between(1_000, 1_100, 1_200)).isEqualTo(new Skew(0, 100));
        assertThat(Skew.between(1_000, 400, 1_200)).isEqualTo(new Skew(-700, 100));
    }
}
