package io.fanwire.node.topic;

import static io.fanwire.node.topic.TestEvents.append;
import static io.fanwire.node.topic.TestEvents.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogBudgetTest {
    private static final int BOUND = 256 << 10;
    private static final LogConfig CONFIG = new LogConfig(BOUND / 2, Duration.ofSeconds(30), 16 << 10);

    // Events that fill a quiet topic's segment, and a hot one's.
    private static final int SMALL = 200;
    private static final int LARGE = 16_000;

    private long now;
    private final LogBudget budget = new LogBudget(BOUND, () -> now);

    @Test
    void allLogsTogetherKeepToTheBound() {
        List<Reader> readers = readers(20);
        for (int i = 0; i < 200; i++) {
            appendTo(readers, 500);
            assertThat(budget.bytes()).isLessThanOrEqualTo(BOUND);
        }
        assertThat(budget.droppedBytes()).isPositive();
    }

    @Test
    void ofSegmentsOfOneSizeTheOldestGoesFirst() {
        List<Reader> readers = readers(BOUND / 256 + 1);
        for (Reader reader : readers) {
            append(reader.log, SMALL);
            pass(1);
        }

        assertThat(readers.get(0).lost()).isTrue();
        assertThat(readers.subList(1, readers.size())).noneMatch(Reader::lost);
        assertThat(budget.droppedBytes()).isEqualTo(256);
    }

    @Test
    void hotTopicsDoNotWipeOutQuietOnes() {
        List<Reader> quiet = readers(100);
        List<Reader> hot = readers(4);
        appendTo(quiet, SMALL);
        publishEachMilli(hot, 20);

        assertThat(budget.droppedBytes()).isGreaterThan(3 * BOUND);
        assertThat(quiet).noneMatch(Reader::lost);
        assertThat(hot).allMatch(Reader::lost);
    }

    @Test
    void quietTopicsDoNotStarveHotOnes() {
        List<Reader> quiet = readers(BOUND / 256);
        appendTo(quiet, SMALL);
        pass(100);
        List<Reader> hot = readers(1);
        publishEachMilli(hot, 5);

        assertThat(hot).noneMatch(Reader::lost);
    }

    @Test
    void aSegmentThatWasWrittenToSinceIsNotOld() {
        List<Reader> readers = readers(BOUND / 256);
        appendTo(readers, 20);
        pass(10);
        append(readers.get(0).log, 20);
        append(log(), SMALL);

        assertThat(readers.get(0).lost()).isFalse();
        assertThat(readers.get(1).lost()).isTrue();
    }

    @Test
    void theSegmentBeingWrittenMayGoToo() {
        Reader reader = readers(1).get(0);
        append(reader.log, 20);
        pass(10);
        appendTo(readers(BOUND / 256), SMALL);
        assertThat(reader.lost()).isTrue();

        Reader next = new Reader(reader.log);
        append(reader.log, 20);
        assertThat(next.read()).containsExactly(2L);
    }

    @Test
    void whatStandsBeforeADroppedSegmentGoesWithIt() {
        TopicLog growing = log();
        Reader first = new Reader(growing);
        append(growing, SMALL);
        append(growing, 800);
        Reader third = new Reader(growing);
        pass(10);
        append(growing, 3000);
        // Of all segments the one of 1 KiB is the largest old one, and not the first of its log.
        fill(BOUND - (int) budget.bytes() + 256);

        assertThat(first.lost()).isTrue();
        assertThat(third.read()).containsExactly(3L);
        assertThat(budget.droppedBytes()).isEqualTo(256 + 1024);
    }

    @Test
    void whatCameLastStaysEvenIfItIsLargerThanTheBound() {
        LogBudget tiny = new LogBudget(1024, () -> now);
        Reader other = new Reader(new TopicLog(CONFIG, () -> now, tiny));
        Reader reader = new Reader(new TopicLog(CONFIG, () -> now, tiny));
        append(other.log, SMALL);
        append(reader.log, 5000);

        assertThat(other.lost()).isTrue();
        assertThat(reader.read()).containsExactly(1L);
    }

    @Test
    void whatLogsDropByThemselvesIsNotCounted() {
        TopicLog hot = log();
        for (int i = 0; i < 50; i++) append(hot, LARGE);
        TopicLog quiet = log();
        append(quiet, SMALL);
        pass(31_000);
        quiet.dropAged();
        hot.end();

        assertThat(budget.bytes()).isZero();
        assertThat(budget.droppedBytes()).isZero();
    }

    private void publishEachMilli(List<Reader> readers, int millis) {
        for (int i = 0; i < millis; i++) {
            pass(1);
            appendTo(readers, LARGE);
        }
    }

    private void fill(int bytes) {
        for (int i = 0; i < bytes / 256; i++) append(log(), SMALL);
    }

    private static void appendTo(List<Reader> readers, int payloadBytes) {
        readers.forEach(reader -> append(reader.log, payloadBytes));
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private TopicLog log() {
        return new TopicLog(CONFIG, () -> now, budget);
    }

    private List<Reader> readers(int count) {
        return Stream.generate(() -> new Reader(log())).limit(count).toList();
    }

    /** Stands at what was the head of its log when it came. */
    private static final class Reader {
        final TopicLog log;
        final Mark cursor;

        Reader(TopicLog log) {
            this.log = log;
            this.cursor = log.head();
        }

        boolean lost() {
            return log.reach(cursor) == null;
        }

        List<Long> read() {
            return offsets(log.view(cursor, log.reach(cursor), new SpareView()));
        }
    }
}
