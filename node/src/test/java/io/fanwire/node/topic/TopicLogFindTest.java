package io.fanwire.node.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a reader that comes with a position goes on: exactly there, or not in this log. */
class TopicLogFindTest {
    private static final LogConfig SMALL = new LogConfig(8192, Duration.ofSeconds(10), 2048);
    private static final int TOPIC_ID = 7;

    private long now;
    private final TopicLog log = new TopicLog(SMALL, () -> now, new LogBudget(1 << 20, () -> now));
    // Every place at which the log ever stood.
    private final Map<Position, Mark> marks = new HashMap<>();

    @Test
    void everyPositionOfALogOfManySegmentsIsFound() {
        startAt(1, 0);
        publish(1, 30);

        assertThat(segments()).isGreaterThan(2);
        assertEveryMarkIsFound();
    }

    @Test
    void aPositionBehindWhichEverythingWasDroppedIsNotFoundButLaterOnesAre() {
        startAt(1, 0);
        publish(1, 300);
        long oldest = TestEvents.oldest(log, 1).position().offset();

        assertThat(oldest).isGreaterThan(1);
        for (long offset = 0; offset < oldest; offset++)
            assertThat(find(1, offset)).as("%s", offset).isNull();
        for (long offset = oldest; offset <= 300; offset++) assertFound(new Position(1, offset));
    }

    @Test
    void theHeadIsFoundEvenWhenEverythingWasDropped() {
        startAt(1, 0);
        publish(1, 3);
        now += Duration.ofMinutes(1).toNanos();
        log.dropAged();

        assertFound(new Position(1, 3));
        assertThat(find(1, 2)).isNull();
    }

    @Test
    void aLogThatStartsInTheMiddleOfItsTopicHasNothingBefore() {
        startAt(1, 40);
        assertFound(new Position(1, 40));
        publish(1, 2);

        assertThat(find(1, 39)).isNull();
        assertThat(find(1, 0)).isNull();
        assertEveryMarkIsFound();
    }

    @Test
    void aPositionAheadOfTheHeadIsNotFound() {
        startAt(1, 0);
        publish(1, 3);

        assertThat(find(1, 4)).isNull();
        assertThat(find(1, Long.MAX_VALUE)).isNull();
    }

    @Test
    void aPositionOfAnotherEpochIsNotFound() {
        startAt(5, 0);
        publish(5, 3);

        for (long epoch : new long[] {0, 4, 6}) assertThat(find(epoch, 2)).isNull();
    }

    @Test
    void aPositionInsideAGapIsNotFoundAndThoseAtItsEdgesAre() {
        startAt(1, 0);
        publish(1, 3);
        gap(1, 4, 9, Gap.Reason.REASON_HISTORY_EXCEEDED);
        publish(1, 3);

        for (long offset = 4; offset < 9; offset++)
            assertThat(find(1, offset)).as("%s", offset).isNull();
        assertThat(marks).containsKeys(new Position(1, 3), new Position(1, 9), new Position(1, 12));
        assertEveryMarkIsFound();
    }

    @Test
    void beforeAnEpochThatChangedTheOldEpochIsFoundAndBehindItTheNew() {
        startAt(1, 0);
        publish(1, 9);
        gap(2, 6, 5, Gap.Reason.REASON_EPOCH_CHANGED);
        publish(2, 9);

        // The same offsets twice: of either epoch in its own place.
        for (long offset = 6; offset <= 9; offset++)
            assertThat(find(1, offset).address()).isLessThan(find(2, offset).address());
        assertThat(find(2, 4)).isNull();
        assertEveryMarkIsFound();
    }

    @Test
    void anEpochThatStartsAnewIsFoundFromItsBeginningOn() {
        startAt(1, 0);
        publish(1, 9);
        gap(2, 1, 0, Gap.Reason.REASON_EPOCH_CHANGED);
        publish(2, 3);

        assertThat(find(2, 0)).isEqualTo(marks.get(new Position(2, 0)));
        assertEveryMarkIsFound();
    }

    @Test
    void whereAnEpochWasContinuedBothItsNamesAreFound() {
        startAt(1, 0);
        publish(1, 4);
        gap(2, 5, 4, Gap.Reason.REASON_EPOCH_CONTINUED);
        publish(2, 4);

        // Who knows the old name is told the new one first.
        assertThat(find(1, 4).address()).isLessThan(find(2, 4).address());
        assertThat(find(1, 5)).isNull();
        assertThat(find(2, 3)).isNull();
        assertEveryMarkIsFound();
    }

    @Test
    void aLogOfManyEpochsAndGapsOverManySegmentsIsFoundEverywhere() {
        startAt(1, 0);
        for (int epoch = 1; epoch <= 5; epoch++) {
            publish(epoch, 5);
            long head = head().offset();
            gap(epoch, head + 1, head + 3, Gap.Reason.REASON_HISTORY_EXCEEDED);
            publish(epoch, 3);
            head = head().offset();
            if (epoch % 2 == 0) gap(epoch + 1, head + 1, head, Gap.Reason.REASON_EPOCH_CONTINUED);
            else gap(epoch + 1, head - 1, head - 2, Gap.Reason.REASON_EPOCH_CHANGED);
        }

        assertThat(segments()).isGreaterThan(2);
        for (long epoch = 0; epoch <= 7; epoch++) {
            for (long offset = 0; offset <= head().offset() + 2; offset++) {
                Position position = new Position(epoch, offset);
                assertThat(log.find(position)).as("%s", position).isEqualTo(marks.get(position));
            }
        }
    }

    @Test
    void aGapOfWhatTheLogIsPastMovesNothing() {
        startAt(1, 0);
        publish(1, 5);
        log.appendGap(TOPIC_ID, 1, 2, 4, Gap.Reason.REASON_HISTORY_EXCEEDED);

        assertThat(head()).isEqualTo(new Position(1, 5));
        assertEveryMarkIsFound();
    }

    private void startAt(long epoch, long offset) {
        log.startAt(new Position(epoch, offset));
        remember();
    }

    private void publish(long epoch, int count) {
        for (int i = 0; i < count; i++) {
            Position next = new Position(epoch, head().offset() + 1);
            log.appendPublication(EncodedEvent.publication(TOPIC_ID, next.offset(), TestEvents.body(100)), next);
            remember();
        }
    }

    private void gap(long epoch, long from, long to, Gap.Reason reason) {
        log.appendGap(TOPIC_ID, epoch, from, to, reason);
        remember();
    }

    private void remember() {
        marks.put(head(), log.head());
    }

    private Position head() {
        return log.head().position();
    }

    private Mark find(long epoch, long offset) {
        return log.find(new Position(epoch, offset));
    }

    private void assertEveryMarkIsFound() {
        marks.keySet().forEach(this::assertFound);
    }

    /** The very place, so that its reader goes on with the very next event. */
    private void assertFound(Position position) {
        assertThat(log.find(position)).as("%s", position).isEqualTo(marks.get(position));
    }

    private int segments() {
        List<Mark> ends = new ArrayList<>();
        for (Mark at = TestEvents.oldest(log, 1); at.address() < log.head().address(); at = log.reach(at)) ends.add(at);
        return ends.size();
    }
}
