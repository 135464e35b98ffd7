package io.fanwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @ParameterizedTest
    @CsvSource({"1, 0, 1-0", "35, 42, z-42", "1795225529142612, 7, hocr80p9p0-7"})
    void isWrittenInOneWord(long epoch, long offset, String text) {
        assertThat(new Position(epoch, offset)).hasToString(text);
        assertThat(Position.parse(text)).isEqualTo(new Position(epoch, offset));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Limits.MAX_EPOCH_OR_OFFSET, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void everyEpochIsReadBack(long epoch) {
        Position position = new Position(epoch, Long.MAX_VALUE);
        assertThat(Position.parse(position.toString())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "1-", "-1", "1--1", "1-2-3", "1-x", "ü-1", "1 - 2", "1-9223372036854775808"})
    void saysWhatAPositionLooksLike(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a position, which looks like gkds6v1o0-42: " + text);
    }

    @Test
    void anOffsetIsNotNegative() {
        assertThatThrownBy(() -> new Position(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNextOneHasTheNextOffset() {
        assertThat(new Position(3, 4).next()).isEqualTo(new Position(3, 5));
    }
}
