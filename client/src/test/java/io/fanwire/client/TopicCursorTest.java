package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopicCursorTest {
    private final TopicCursor cursor = new TopicCursor("t");

    @Test
    void theFirstSubscribeMissesNothing() {
        assertThat(cursor.subscribed(new Position(1, 100))).isNull();
        assertThat(cursor.isDuplicate(100)).isTrue();
        assertThat(cursor.isDuplicate(101)).isFalse();
        assertThat(cursor.holeBefore(101)).isNull();
    }

    @Test
    void theSamePositionAgainMissesNothing() {
        cursor.subscribed(new Position(1, 100));
        assertThat(cursor.subscribed(new Position(1, 100))).isNull();
    }

    @Test
    void aGapThatWasAlreadyToldIsNoNews() {
        cursor.subscribed(new Position(1, 10));
        assertThat(cursor.gap(gap(1, 5, 9))).isEmpty();
        assertThat(cursor.isDuplicate(10)).isTrue();
    }

    @Test
    void onlyTheNewPartOfAGapIsTold() {
        cursor.subscribed(new Position(1, 10));
        assertThat(cursor.gap(gap(1, 8, 12))).containsExactly(told(1, 11, 12, GapInfo.Reason.TOO_SLOW));
        assertThat(cursor.holeBefore(13)).isNull();
    }

    @Test
    void whatAGapSkipsIsToldAsWell() {
        cursor.subscribed(new Position(1, 10));
        assertThat(cursor.gap(gap(1, 13, 15)))
                .isEqualTo(
                        List.of(told(1, 11, 12, GapInfo.Reason.UNEXPLAINED), told(1, 13, 15, GapInfo.Reason.TOO_SLOW)));
    }

    @Test
    void aGapIntoANewEpochMovesThere() {
        cursor.subscribed(new Position(1, 10));
        assertThat(cursor.gap(gap(2, 1, 3))).containsExactly(told(2, 1, 3, GapInfo.Reason.TOO_SLOW));
        assertThat(cursor.moveTo(4)).isEqualTo(new Position(2, 4));
    }

    @Test
    void aNewEpochWithoutMessagesIsStillTold() {
        cursor.subscribed(new Position(1, 10));
        GapInfo gap = cursor.subscribed(new Position(2, 0));
        assertThat(gap).isEqualTo(told(2, 1, 0, GapInfo.Reason.EPOCH_CHANGED));
        assertThat(gap.missing()).isZero();
    }

    private static Gap gap(long epoch, long from, long to) {
        return Wire.gap(1, epoch, from, to, Gap.Reason.REASON_TOO_SLOW).getGap();
    }

    private static GapInfo told(long epoch, long from, long to, GapInfo.Reason reason) {
        return new GapInfo("t", epoch, from, to, reason);
    }
}
