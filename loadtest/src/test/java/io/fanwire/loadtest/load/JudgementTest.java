package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Whose fault it was. */
class JudgementTest {
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    @Test
    void aRateThatASlowToolDidNotReachIsTheToolsFault() {
        assertThat(judge(measured(50, Map.of(), 0.5)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge(measured(50, Map.of(), 0.95)).verdict()).isEqualTo(Verdict.BOTTLENECK);
        assertThat(judge(measured(100, Map.of(), 0.5)).verdict()).isEqualTo(Verdict.FINE);
    }

    @Test
    void aLossInSilenceIsTheSystemsFaultHoweverSlowTheTool() {
        assertThat(judge(measured(50, Map.of("silent", 1L), 0.95)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge(measured(50, Map.of("refused", 1L), 0.95)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge(measured(50, Map.of("duplicates", 1L), 0.95)).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void publicationsThatLeaveLateAreTheToolsFault() {
        Histogram late = Latencies.none();
        late.recordValue(Duration.ofMillis(500).toNanos());
        Measured measured = measured(100, Map.of(), 0.1);
        measured.latencies().put("tool late", late);
        assertThat(judge(measured).verdict()).isEqualTo(Verdict.BOTTLENECK);
        assertThat(judge(measured).remarks()).anyMatch(remark -> remark.contains("left 500 ms late"));
    }

    @Test
    void whoRunsOutOfFilesMeasuresItself() {
        Measured measured = measured(100, Map.of(), 0.1);
        measured.failures().put("Too many open files", 3L);
        assertThat(judge(measured).verdict()).isEqualTo(Verdict.BOTTLENECK);
    }

    private static Judgement judge(Measured measured) {
        TrafficJudge judge =
                new TrafficJudge(measured, ONE_SECOND).connections().traffic().rate(100);
        return judge.judgement().with(ToolFigures.of(measured)).unlessTheToolWasTooSlow(measured);
    }

    private static Measured measured(long published, Map<String, Long> counts, double busiest) {
        Second second = new Second(0, 2, 2, 0, 0, published, published, 0, Latencies.none());
        return new Measured(
                List.of(second),
                Second.none(1),
                new TreeMap<>(),
                new TreeMap<>(counts),
                new TreeMap<>(),
                busiest,
                busiest,
                null);
    }
}
