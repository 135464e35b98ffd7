package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
    /** Whoever asked first may not listen on it yet. */
    @Test
    void noPortIsGivenTwiceThoughNobodyListensOnIt() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> LoopbackPort.free())).doesNotHaveDuplicates();
    }
}
