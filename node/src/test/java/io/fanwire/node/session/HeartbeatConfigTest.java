package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.session.HeartbeatConfig.Agreement;
import io.fanwire.protocol.v1.Connect;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatConfigTest {
    private static final HeartbeatConfig USUAL = new HeartbeatConfig(
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({
        "0, 0, 25000, 10000",
        "8000, 3000, 8000, 3000",
        "1, 1, 5000, 1000",
        "3600000, 3600000, 300000, 60000",
        // The largest that the wire can say.
        "4294967295, 4294967295, 300000, 60000",
    })
    void aWishIsHeldToTheLimits(long interval, long timeout, long agreedInterval, long agreedTimeout) {
        assertThat(USUAL.agree(wish(interval, timeout)))
                .isEqualTo(new Agreement(Duration.ofMillis(agreedInterval), Duration.ofMillis(agreedTimeout)));
    }

    @ParameterizedTest
    @CsvSource({"50, 50, 100, 200", "150, 900, 150, 900", "9999, 9999, 9999, 9999", "90000, 90000, 10000, 60000"})
    void whatTheNodeDoesByItselfIsAlwaysAllowed(long interval, long timeout, long agreedInterval, long agreedTimeout) {
        HeartbeatConfig quick = new HeartbeatConfig(
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1));
        assertThat(quick.agree(wish(interval, timeout)))
                .isEqualTo(new Agreement(Duration.ofMillis(agreedInterval), Duration.ofMillis(agreedTimeout)));
    }

    @Test
    void sessionsThatComeTogetherDoNotBeatTogether() {
        Agreement agreed = USUAL.agree(Connect.getDefaultInstance());
        long[] millis = LongStream.range(1, 100_001)
                .map(number -> agreed.jittered(Spread.of(number)).interval().toMillis())
                .sorted()
                .toArray();

        assertThat(Arrays.stream(millis)).allMatch(each -> each >= 22_500 && each <= 25_000);
        // 2.5 s for 100,000: in no 50 ms, a tick of the wheel, many more than their share of 2,000.
        int[] inTick = new int[52];
        for (long each : millis) inTick[(int) ((each - 22_500) / 50)]++;
        assertThat(IntStream.of(inTick)).allMatch(each -> each < 2_100);
        assertThat(agreed.jittered(0.5).timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    private static Connect wish(long interval, long timeout) {
        return Connect.newBuilder()
                .setHeartbeatIntervalMs((int) interval)
                .setHeartbeatTimeoutMs((int) timeout)
                .build();
    }
}
