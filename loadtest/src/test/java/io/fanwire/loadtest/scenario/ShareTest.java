package io.fanwire.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 3", "3, 10", "0, 4", "1000000, 64"})
    void allSharesTogetherHaveEachThingOnce(int total, int count) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Share share = new Share(i, count);
            IntStream.range(share.from(total), share.to(total)).forEach(all::add);
            assertThat(share.of(total)).isBetween(total / count, total / count + 1);
        }
        assertThat(all).isEqualTo(IntStream.range(0, total).boxed().toList());
    }
}
