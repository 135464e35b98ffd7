package io.fanwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloseReasonTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeIsUniqueAndKeepsToTheRangesOfTheContract(CloseReason reason) {
        assertThat(CloseReason.of(reason.code())).contains(reason);
        assertThat(reason.code())
                .satisfiesAnyOf(
                        c -> assertThat(c).isBetween(1000, 1015),
                        c -> assertThat(c).isBetween(4000, 4999));
        if (reason.code() >= 4000) assertThat(reason.mayReconnect()).isEqualTo(reason.code() < 4500);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonFitsIntoACloseFrame(CloseReason reason) {
        assertThat(reason.text().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(Limits.MAX_CLOSE_REASON_BYTES);
    }
}
