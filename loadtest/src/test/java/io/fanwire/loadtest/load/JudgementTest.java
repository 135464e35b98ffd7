package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import io.fanwire.loadtest.scenario.CatchUps;
import io.fanwire.loadtest.scenario.Disturbance;
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

    @Test
    void aFigureAboveItsBoundIsAFailureAndSoIsOneThatIsMissing() {
        Judgement judgement = judge(measured(100, Map.of(), 0.5)).with(List.of(new Figure("lost", 3.5, "%")));
        assertThat(judgement.after(bounds("lost", 3.5)).verdict()).isEqualTo(Verdict.FINE);
        Judgement above = judgement.after(bounds("lost", 3));
        assertThat(above.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(above.hard()).isTrue();
        assertThat(above.remarks()).contains("lost: 3.50%, expected at most 3.00%");
        Judgement missing = judgement.after(bounds("found", 3));
        assertThat(missing.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(missing.remarks()).contains("it isn't known whether \"found\" was as expected");
    }

    private static Disturbance bounds(String name, double most) {
        return new Disturbance() {
            @Override
            public void begin(CatchUps catchUps) {}

            @Override
            public List<Mark> end() {
                return List.of();
            }

            @Override
            public Map<String, Double> bounds() {
                return Map.of(name, most);
            }
        };
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
