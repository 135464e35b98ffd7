package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.ledger.Contents;
import io.fanwire.loadtest.ledger.Intervals;
import io.fanwire.loadtest.ledger.LedgerPart;
import io.fanwire.loadtest.ledger.Published;
import io.fanwire.loadtest.ledger.Received;
import io.fanwire.loadtest.ledger.SubscriberPart;
import io.fanwire.loadtest.ledger.TopicPart;
import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerJudgeTest {
    private static final int RATE = 1_000;

    @Test
    void whoeverTookWhatWasAskedIsFine() {
        Judgement judgement = judge(95, 950, Intervals.of(1, 10));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FINE);
        assertThat(judgement.remarks()).isEmpty();
    }

    @Test
    void aRateThatIsNotReachedFails() {
        Judgement judgement = judge(95, 949, Intervals.of(1, 10));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.remarks()).containsExactly("asked 1,000/s, reached 949/s");
    }

    @Test
    void faultsMayCostALotOfIt() {
        Judgement judgement = judge(50, 500, Intervals.of(1, 10));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FINE);
        assertThat(judgement.remarks()).containsExactly("asked 1,000/s, reached 500/s");
        assertThat(judge(50, 499, Intervals.of(1, 10)).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aLossInSilenceFailsWhateverTheRate() {
        Judgement judgement = judge(95, RATE, Intervals.of(1, 5, 7, 10));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.remarks()).startsWith("1 deliveries are missing in silence: no node told of them");
    }

    @Test
    void nothingDeliveredFails() {
        Judgement judgement = judge(95, RATE, new Intervals());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.remarks()).startsWith("nothing was delivered");
    }

    /** Ten publications to one subscriber, and a second in which more were acknowledged. */
    private static Judgement judge(int leastPercent, long publishedInASecond, Intervals came) {
        Published published = new Published(1, Intervals.of(1, 10), new Contents(), 0);
        Received received = new Received(1, null, came, new Contents(), new TreeMap<>());
        LedgerPart ledger = new LedgerPart(
                new TreeMap<>(Map.of("verify:1", new TopicPart(0, new TreeMap<>(Map.of(7L, published))))),
                List.of(new SubscriberPart(
                        0, "verify:1", 7, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>(Map.of(7L, received)))));
        Second second = new Second(0, 2, 0, 0, 0, publishedInASecond, 10, 0, Latencies.none());
        Measured measured = new Measured(
                List.of(second), Second.none(1_000), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, 0, ledger);
        return new LedgerJudge(RATE, leastPercent).judge(measured, Duration.ofSeconds(1));
    }
}
