package io.fanwire.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSizesTest {
    private static final int DRAWS = 10_000;

    private final Random random = new Random(1);

    @Test
    void oneSizeIsAlwaysThat() {
        assertThat(drawn("128").keySet()).containsExactly(128);
    }

    @Test
    void aRangeHasBothEnds() {
        assertThat(drawn("16-18").keySet()).containsExactlyInAnyOrder(16, 17, 18);
    }

    @Test
    void weightsAreKept() {
        Map<Integer, Long> drawn = drawn("100:7,1000:2,5000:1");
        assertThat(drawn.get(100)).isBetween(6_700L, 7_300L);
        assertThat(drawn.get(1000)).isBetween(1_800L, 2_200L);
        assertThat(PayloadSizes.parse("100:7,1000:2,5000:1").max()).isEqualTo(5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "11", "200-100", "100:0", "65537", "100;200", "-5", "100:1,", "1e3"})
    void anythingElseIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> PayloadSizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--payload " + text);
    }

    private Map<Integer, Long> drawn(String text) {
        PayloadSizes sizes = PayloadSizes.parse(text);
        return IntStream.range(0, DRAWS)
                .mapToObj(i -> sizes.next(random))
                .collect(Collectors.groupingBy(size -> size, Collectors.counting()));
    }
}
