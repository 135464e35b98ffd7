package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.client.GapInfo.Reason;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicCursorTest {
    private final TopicCursor cursor = new TopicCursor("t", null);

    @Test
    void theFirstSubscribeMissesNothing() {
        assertThat(cursor.position()).isNull();
        assertThat(cursor.subscribed(at(1, 100))).isNull();
        assertThat(cursor.isDuplicate(100)).isTrue();
        assertThat(cursor.isDuplicate(101)).isFalse();
        assertThat(cursor.holeBefore(101)).isNull();
    }

    @Test
    void theFirstSubscribeBehindAPositionMayMissSomething() {
        TopicCursor restarted = new TopicCursor("t", new Position(1, 90));
        assertThat(restarted.position()).isEqualTo(new Position(1, 90));
        assertThat(restarted.subscribed(at(1, 100))).isEqualTo(told(1, 91, 100, Reason.CONNECTION_LOST));
    }

    @Test
    void theSamePositionAgainMissesNothing() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(at(1, 100))).isNull();
        assertThat(cursor.subscribed(resumed(1, 100))).isNull();
        assertThat(cursor.position()).isEqualTo(new Position(1, 100));
    }

    @Test
    void aLaterStartMissesWhatLiesBetween() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(at(1, 105))).isEqualTo(told(1, 101, 105, Reason.CONNECTION_LOST));
        assertThat(cursor.position()).isEqualTo(new Position(1, 105));
    }

    @Test
    void anEarlierStartBringsDuplicates() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(at(1, 95))).isNull();
        assertThat(cursor.isDuplicate(100)).isTrue();
        assertThat(cursor.holeBefore(101)).isNull();
    }

    @Test
    void aResumedStartGoesOnBehindThePositionAskedFor() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(resumed(1, 107))).isNull();
        assertThat(cursor.isDuplicate(101)).isFalse();
        assertThat(cursor.holeBefore(101)).isNull();
    }

    @Test
    void aResumedStartInANewEpochTellsThatItGoesOn() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(resumed(2, 100))).isEqualTo(told(2, 101, 100, Reason.EPOCH_CONTINUED));
        assertThat(cursor.position()).isEqualTo(new Position(2, 100));
    }

    @Test
    void aResumedStartBeforeWhatWasSeenIsNotBelievedInANewEpoch() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(resumed(2, 90))).isEqualTo(told(2, 1, 90, Reason.EPOCH_CHANGED));
        assertThat(cursor.position()).isEqualTo(new Position(2, 90));
    }

    @Test
    void anotherEpochIsTold() {
        cursor.subscribed(at(1, 100));
        assertThat(cursor.subscribed(at(2, 7))).isEqualTo(told(2, 1, 7, Reason.EPOCH_CHANGED));
        assertThat(cursor.isDuplicate(8)).isFalse();
    }

    @Test
    void aNewEpochWithoutMessagesIsStillTold() {
        cursor.subscribed(at(1, 10));
        GapInfo gap = cursor.subscribed(at(2, 0));
        assertThat(gap).isEqualTo(told(2, 1, 0, Reason.EPOCH_CHANGED));
        assertThat(gap.missing()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"40, 41, 40", "100, 101, 100", "120, 101, 120"})
    void aLostPositionMovesTheCursorEvenBackwards(long start, long from, long to) {
        cursor.subscribed(at(1, 100));
        Subscribed lost = Wire.positionLost(1, 1, start).getSubscribed();
        assertThat(cursor.subscribed(lost)).isEqualTo(told(1, from, to, Reason.POSITION_LOST));
        assertThat(cursor.position()).isEqualTo(new Position(1, start));
    }

    @Test
    void aGapThatWasAlreadyToldIsNoNews() {
        cursor.subscribed(at(1, 10));
        assertThat(cursor.gap(tooSlow(1, 5, 9))).isEmpty();
        assertThat(cursor.isDuplicate(10)).isTrue();
    }

    @Test
    void onlyTheNewPartOfAGapIsTold() {
        cursor.subscribed(at(1, 10));
        assertThat(cursor.gap(tooSlow(1, 8, 12))).containsExactly(told(1, 11, 12, Reason.TOO_SLOW));
        assertThat(cursor.holeBefore(13)).isNull();
    }

    @Test
    void whatAGapSkipsIsToldAsWell() {
        cursor.subscribed(at(1, 10));
        assertThat(cursor.gap(tooSlow(1, 13, 15)))
                .isEqualTo(List.of(told(1, 11, 12, Reason.UNEXPLAINED), told(1, 13, 15, Reason.TOO_SLOW)));
    }

    @Test
    void aGapIntoANewEpochMovesThere() {
        cursor.subscribed(at(1, 10));
        assertThat(cursor.gap(tooSlow(2, 1, 3))).containsExactly(told(2, 1, 3, Reason.TOO_SLOW));
        assertThat(cursor.moveTo(4)).isEqualTo(new Position(2, 4));
    }

    @Test
    void aChangedEpochMayGoOnBeforeWhatWasSeen() {
        cursor.subscribed(at(1, 100));
        Gap fork = gap(2, 91, 93, Gap.Reason.REASON_EPOCH_CHANGED);
        assertThat(cursor.isUnsettledBy(fork)).isFalse();
        assertThat(cursor.gap(fork)).containsExactly(told(2, 91, 93, Reason.EPOCH_CHANGED));
        assertThat(cursor.isDuplicate(94)).isFalse();
        assertThat(cursor.position()).isEqualTo(new Position(2, 93));
    }

    @Test
    void aContinuedEpochIsToldAndGoneOnIn() {
        cursor.subscribed(at(1, 10));
        Gap fork = gap(2, 11, 10, Gap.Reason.REASON_EPOCH_CONTINUED);
        assertThat(cursor.isUnsettledBy(fork)).isFalse();
        assertThat(cursor.gap(fork)).containsExactly(told(2, 11, 10, Reason.EPOCH_CONTINUED));
        assertThat(cursor.gap(fork)).isEmpty();
        assertThat(cursor.moveTo(11)).isEqualTo(new Position(2, 11));
    }

    @Test
    void whatAContinuedEpochSkipsIsTold() {
        cursor.subscribed(at(1, 10));
        assertThat(cursor.gap(gap(2, 13, 12, Gap.Reason.REASON_EPOCH_CONTINUED)))
                .containsExactly(told(2, 11, 12, Reason.UNEXPLAINED), told(2, 13, 12, Reason.EPOCH_CONTINUED));
        assertThat(cursor.position()).isEqualTo(new Position(2, 12));
    }

    @Test
    void aNodeThatIsBehindCanNotSayWhetherAnEpochGoesOn() {
        cursor.subscribed(at(1, 100));
        cursor.subscribed(at(1, 90));
        assertThat(cursor.isUnsettledBy(gap(2, 95, 94, Gap.Reason.REASON_EPOCH_CONTINUED)))
                .isTrue();
        assertThat(cursor.isUnsettledBy(gap(1, 95, 94, Gap.Reason.REASON_EPOCH_CONTINUED)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "REASON_BACKPLANE_LOST, BACKPLANE_LOST",
        "REASON_HISTORY_EXCEEDED, HISTORY_EXCEEDED",
        "REASON_CONFLATED, CONFLATED",
        "REASON_UNSPECIFIED, UNEXPLAINED"
    })
    void everyReasonHasAName(Gap.Reason wire, Reason reason) {
        cursor.subscribed(at(1, 10));
        assertThat(cursor.gap(gap(1, 11, 12, wire))).containsExactly(told(1, 11, 12, reason));
    }

    @Test
    void aGapBeyondAllNumbersBreaksTheProtocol() {
        cursor.subscribed(at(1, 10));
        assertThatThrownBy(() -> cursor.gap(tooSlow(2, 1, -1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Subscribed at(long epoch, long offset) {
        return Wire.subscribed(1, epoch, offset).getSubscribed();
    }

    private static Subscribed resumed(long epoch, long offset) {
        Reply.Builder reply = Wire.resumed(1, epoch, offset);
        return reply.getSubscribed();
    }

    private static Gap tooSlow(long epoch, long from, long to) {
        return gap(epoch, from, to, Gap.Reason.REASON_TOO_SLOW);
    }

    private static Gap gap(long epoch, long from, long to, Gap.Reason reason) {
        return Wire.gap(1, epoch, from, to, reason).getGap();
    }

    private static GapInfo told(long epoch, long from, long to, Reason reason) {
        return new GapInfo("t", epoch, from, to, reason);
    }
}
