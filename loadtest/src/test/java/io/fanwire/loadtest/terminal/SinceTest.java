package io.fanwire.loadtest.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinceTest {
    @ParameterizedTest
    @CsvSource({
        "beginning, beginning, false",
        "last:10, last 10, false",
        "last:999999999, last 999999999, false",
        "gkds6v1o0-42, after gkds6v1o0-42, true"
    })
    void readsWhatUsersWrite(String text, String start, boolean isOfOneTopic) {
        Since since = new Since.Converter().convert(text);
        assertThat(since.start()).hasToString(start);
        assertThat(since.isOfOneTopic()).isEqualTo(isOfOneTopic);
    }

    @ParameterizedTest
    @CsvSource({"500ms", "15s", "5m", "1h"})
    void aDurationIsATimeAgo(String text) {
        assertThat(new Since.Converter().convert(text).start().toString()).startsWith("since 20");
    }
}
