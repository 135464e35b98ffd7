package io.fanwire.node.topic;

import static io.fanwire.node.topic.TestEvents.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicLogTest {
    private static final LogConfig SMALL = new LogConfig(8192, Duration.ofSeconds(10), 2048);

    private long now;
    private final LogBudget budget = new LogBudget(1 << 20, () -> now);
    private final TopicLog log = new TopicLog(SMALL, () -> now, budget);

    @Test
    void aSliceIsAFrameOfAllEventsFromTheCursorOn() {
        Mark start = log.head();
        append(3, 10);

        Mark reached = log.reach(start);
        assertThat(offsets(view(start, reached))).containsExactly(1L, 2L, 3L);
        assertThat(reached.position()).isEqualTo(new Position(1, 3));
        assertThat(reached.count() - start.count()).isEqualTo(3);
        assertThat(log.reach(reached)).isSameAs(reached);
    }

    @Test
    void readersAtDifferentPlacesSeeTheSameBytes() {
        Mark first = log.head();
        append(1, 10);
        Mark second = log.head();
        append(1, 10);

        assertThat(offsets(view(first, log.reach(first)))).containsExactly(1L, 2L);
        assertThat(offsets(view(second, log.reach(second)))).containsExactly(2L);
    }

    @Test
    void aReaderFarBehindReadsSegmentBySegmentWithoutAHole() {
        Mark cursor = log.head();
        append(40, 100);

        List<Long> read = new ArrayList<>();
        for (Mark to = log.reach(cursor); to != cursor; to = log.reach(cursor)) {
            read.addAll(offsets(view(cursor, to)));
            cursor = to;
        }
        assertThat(read).hasSize(40).isSorted().startsWith(1L).endsWith(40L);
    }

    @Test
    void aCursorThatTheTailPassedIsToldSo() {
        Mark start = log.head();
        append(200, 100);

        assertThat(log.reach(start)).isNull();
        assertThat(view(start, log.head())).isNull();
    }

    @Test
    void keepsToItsBound() {
        append(500, 100);
        assertThat(budget.bytes()).isBetween(2048L, 8192L);
    }

    @Test
    void aQuietTopicHoldsLittleAndInTheEndNothing() {
        append(1, 100);
        assertThat(budget.bytes()).isEqualTo(256);

        now += Duration.ofSeconds(11).toNanos();
        log.dropAged();
        assertThat(budget.bytes()).isZero();
        assertThat(log.head().position().offset()).isEqualTo(1);
    }

    @Test
    void aTopicThatFillsItsSegmentsGetsLargerOnes() {
        append(1, 100);
        append(6, 100);
        assertThat(budget.bytes()).isEqualTo(256 + 1024);
        append(10, 100);
        assertThat(budget.bytes()).isEqualTo(256 + 1024 + 2048);
    }

    @Test
    void anEventLargerThanASegmentGetsOneOfItsOwn() {
        Mark start = log.head();
        append(1, 5000);
        append(1, 10);

        Mark reached = log.reach(start);
        assertThat(offsets(view(start, reached))).containsExactly(1L);
        assertThat(offsets(view(reached, log.reach(reached)))).containsExactly(2L);
    }

    @Test
    void goesOnWhereItWasAfterEverythingWasDropped() {
        append(2, 10);
        Mark cursor = log.head();
        now += Duration.ofMinutes(1).toNanos();
        log.dropAged();
        append(1, 10);

        assertThat(offsets(view(cursor, log.reach(cursor)))).containsExactly(3L);
    }

    @Test
    void takesNothingAfterItsEnd() {
        append(2, 10);
        log.end();
        append(1, 10);

        assertThat(budget.bytes()).isZero();
    }

    private void append(int count, int payload) {
        for (int i = 0; i < count; i++) TestEvents.append(log, payload);
    }

    private ByteBuffer view(Mark from, Mark to) {
        return log.view(from, to, new SpareView());
    }
}
