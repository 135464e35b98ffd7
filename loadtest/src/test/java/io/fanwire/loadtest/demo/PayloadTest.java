package io.fanwire.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    @Test
    void readsWhatItWrites() {
        var payload = new Payload(17, 2, 123_456_789L);
        assertThat(payload.text()).isEqualTo("publication 17 node 3 at 123456789");
        assertThat(Payload.parse(payload.text())).contains(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "publication x node 1 at 2", "a b c d e f", "publication 1 node 2 at 3 4"})
    void leavesOtherPeoplesMessagesAlone(String text) {
        assertThat(Payload.parse(text)).isEmpty();
    }
}
