package io.fanwire.node.backplane.redis;

import static io.fanwire.protocol.v1.Gap.Reason.REASON_BACKPLANE_LOST;
import static io.fanwire.protocol.v1.Gap.Reason.REASON_EPOCH_CHANGED;
import static io.fanwire.protocol.v1.Gap.Reason.REASON_EPOCH_CONTINUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.node.backplane.redis.TopicSequence.Missing;
import io.fanwire.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TopicSequenceTest {
    private final List<Object> told = new ArrayList<>();
    private final Backlog.Room room = new Backlog.Room(1 << 20);
    private final TopicSequence without = sequence(false);
    private final TopicSequence sequence = sequence(true);

    @Test
    void theFirstArrivalStartsTheSequence() {
        arrive(sequence, at(7, 40));
        assertThat(told).containsExactly(at(7, 40));
    }

    @Test
    void theFirstComparisonStartsTheSequence() {
        settle(sequence, at(7, 40));
        arrive(sequence, at(7, 41));
        assertThat(told).containsExactly(at(7, 41));
    }

    @Test
    void withoutHistoryAHoleIsMissing() {
        arrive(without, at(7, 1), at(7, 5), at(7, 6));
        assertThat(told).containsExactly(at(7, 1), lost(7, 2, 4), at(7, 5), at(7, 6));
        assertThat(without.wantedPage()).isZero();
    }

    @Test
    void withHistoryNothingLaterComesBeforeAHoleIsFilled() {
        arrive(sequence, at(7, 1), at(7, 5), at(7, 6));
        assertThat(told).containsExactly(at(7, 1));
        assertThat(sequence.wantedPage()).isEqualTo(2);
        page(sequence, page(at(7, 6), 2, false, 2, 3, 4, 5, 6));
        assertThat(told).containsExactly(offsets(7, 1, 6));
        assertThat(sequence.wantedPage()).isZero();
    }

    @Test
    void aHoleIsFilledPageByPage() {
        arrive(sequence, at(7, 1), at(7, 6));
        page(sequence, page(at(7, 6), 2, true, 2, 3));
        assertThat(told).containsExactly(offsets(7, 1, 3));
        assertThat(sequence.wantedPage()).isEqualTo(4);
        page(sequence, page(at(7, 6), 4, true, 4, 5));
        assertThat(told).containsExactly(offsets(7, 1, 6));
        assertThat(sequence.wantedPage()).isZero();
    }

    @Test
    void whatTheHistoryLacksIsMissingAndOnlyThat() {
        arrive(sequence, at(7, 1), at(7, 6));
        page(sequence, page(at(7, 6), 2, false, 4));
        assertThat(told).containsExactly(at(7, 1), lost(7, 2, 3), at(7, 4), lost(7, 5, 5), at(7, 6));
    }

    @Test
    void whatIsStillOnItsWayIsNotMissing() {
        arrive(sequence, at(7, 1), at(7, 3));
        page(sequence, page(at(7, 9), 2, false));
        assertThat(told).containsExactly(at(7, 1), lost(7, 2, 2), at(7, 3));
        arrive(sequence, at(7, 4));
        assertThat(told).endsWith(at(7, 4));
        assertThat(sequence.wantedPage()).isZero();
    }

    @Test
    void whatCameWithAPageMayComeOverTheChannelToo() {
        arrive(sequence, at(7, 1), at(7, 3));
        page(sequence, page(at(7, 5), 2, false, 2, 3, 4, 5));
        arrive(sequence, at(7, 4), at(7, 5), at(7, 6));
        assertThat(told).containsExactly(offsets(7, 1, 6));
        assertThat(sequence.isStale()).isFalse();
    }

    @Test
    void anOffsetThatCameOverTheChannelBeforeIsStale() {
        arrive(sequence, at(7, 4), at(7, 5));
        arrive(sequence, at(7, 5));
        assertThat(sequence.isStale()).isTrue();
        assertThat(sequence.trusted()).isEqualTo(4);
        arrive(sequence, at(7, 3));
        assertThat(sequence.trusted()).isEqualTo(2);
        assertThat(told).containsExactly(offsets(7, 4, 5));
    }

    @Test
    void anOffsetOfAnEarlierConnectionIsStale() {
        arrive(sequence, at(7, 4), at(7, 5));
        sequence.disconnected();
        arrive(sequence, at(7, 5));
        assertThat(sequence.isStale()).isTrue();
    }

    @Test
    void aStaleTopicGoesOnWithANewEpoch() {
        arrive(sequence, at(7, 4), at(7, 5), at(7, 4));
        Position known = sequence.newest();
        sequence.settle(known, new Lineage(at(8, 5), List.of(at(7, 3))));
        assertThat(sequence.wantedPage()).isEqualTo(4);
        page(sequence, new HistoryPage(new Lineage(at(8, 5), List.of(at(7, 3))), 4, List.of(), false));
        arrive(sequence, at(8, 6));
        assertThat(told).containsExactly(at(7, 4), at(7, 5), new Missing(8, 4, 5, REASON_EPOCH_CHANGED), at(8, 6));
        assertThat(sequence.isStale()).isFalse();
    }

    @Test
    void aLostLastMessageIsFetchedOrMissing() {
        arrive(without, at(7, 5));
        settle(without, at(7, 7));
        assertThat(told).containsExactly(at(7, 5), lost(7, 6, 7));
        told.clear();
        arrive(sequence, at(7, 5));
        settle(sequence, at(7, 7));
        page(sequence, page(at(7, 7), 6, false, 6, 7));
        assertThat(told).containsExactly(offsets(7, 5, 7));
    }

    @Test
    void aComparisonMayBeOlderThanWhatHasArrived() {
        arrive(sequence, at(7, 5));
        settle(sequence, at(7, 4));
        arrive(sequence, at(7, 6));
        assertThat(told).containsExactly(offsets(7, 5, 6));
    }

    @Test
    void whoHasSeenNoMoreThanBothEpochsShareHearsThatItGoesOn() {
        arrive(sequence, at(7, 5));
        settle(sequence, new Lineage(at(8, 5), List.of(at(7, 5))));
        arrive(sequence, at(8, 6));
        assertThat(told).containsExactly(at(7, 5), new Missing(8, 6, 5, REASON_EPOCH_CONTINUED), at(8, 6));
    }

    @Test
    void whatWasMissedOfTheEpochBeforeIsFetchedUnderItsNewName() {
        arrive(sequence, at(7, 5));
        settle(sequence, new Lineage(at(8, 9), List.of(at(7, 8))));
        page(
                sequence,
                new HistoryPage(
                        new Lineage(at(8, 9), List.of(at(7, 8))),
                        6,
                        List.of(stored(at(7, 6)), stored(at(7, 7)), stored(at(7, 8)), stored(at(8, 9))),
                        false));
        assertThat(told.subList(2, 6)).containsExactly(offsets(8, 6, 9));
    }

    @Test
    void whoHasSeenMoreThanBothEpochsShareHearsOfTheBreakAndThenTheNewContent() {
        arrive(sequence, at(7, 5));
        arrive(sequence, at(8, 6));
        assertThat(sequence.wantedPage()).isEqualTo(6);
        Lineage lineage = new Lineage(at(8, 6), List.of(at(7, 3)));
        page(sequence, new HistoryPage(lineage, 6, List.of(stored(at(8, 6))), false));
        assertThat(sequence.wantedPage()).isEqualTo(4);
        page(
                sequence,
                new HistoryPage(lineage, 4, List.of(stored(at(8, 4)), stored(at(8, 5)), stored(at(8, 6))), false));
        assertThat(told)
                .containsExactly(at(7, 5), new Missing(8, 4, 3, REASON_EPOCH_CHANGED), at(8, 4), at(8, 5), at(8, 6));
    }

    @Test
    void withoutHistoryABreakIsToldWithWhatIsMissing() {
        arrive(without, at(7, 5), at(8, 6));
        Lineage lineage = new Lineage(at(8, 6), List.of(at(7, 3)));
        page(without, new HistoryPage(lineage, 6, List.of(), false));
        page(without, new HistoryPage(lineage, 4, List.of(), false));
        assertThat(told).containsExactly(at(7, 5), new Missing(8, 4, 5, REASON_EPOCH_CHANGED), at(8, 6));
    }

    @Test
    void aTopicThatRedisForgotStartsAgain() {
        arrive(sequence, at(7, 5));
        settle(sequence, at(9, 0));
        arrive(sequence, at(9, 1));
        assertThat(told).containsExactly(at(7, 5), new Missing(9, 1, 0, REASON_EPOCH_CHANGED), at(9, 1));
    }

    @Test
    void aMessageOfTheEpochBeforeMayComeLate() {
        arrive(sequence, at(7, 5));
        settle(sequence, new Lineage(at(8, 6), List.of(at(7, 6))));
        page(sequence, new HistoryPage(new Lineage(at(8, 6), List.of(at(7, 6))), 6, List.of(stored(at(7, 6))), false));
        told.clear();
        arrive(sequence, at(7, 6), at(7, 7), at(8, 7));
        assertThat(told).containsExactly(at(8, 7));
        assertThat(sequence.isStale()).isFalse();
    }

    @Test
    void whatComesFromNowhereIsLeftOut() {
        arrive(sequence, at(7, 5), at(99, 1), at(7, 6));
        page(sequence, page(at(7, 6), 6, false, 6));
        assertThat(sequence.wantedPage()).isEqualTo(7);
        page(sequence, page(at(7, 6), 7, false));
        assertThat(told).containsExactly(offsets(7, 5, 6));
        assertThat(sequence.wantedPage()).isZero();
    }

    @Test
    void anAnswerFromBeforeAMoveToAnotherEpochDoesNotCount() {
        arrive(sequence, at(7, 5));
        Position known = sequence.newest();
        settle(sequence, new Lineage(at(8, 5), List.of(at(7, 5))));
        assertThat(sequence.settle(known, Lineage.of(at(7, 5)))).isFalse();
        assertThat(sequence.last()).isEqualTo(at(8, 5));
    }

    @Test
    void aPageOfARedisThatKnowsLessThanWasHeardIsNotBelieved() {
        arrive(sequence, at(7, 1), at(7, 6));
        page(sequence, page(at(7, 4), 2, false, 2, 3, 4));
        assertThat(told).containsExactly(at(7, 1));
        assertThat(sequence.wantsComparison()).isTrue();
        assertThat(sequence.wantedPage()).isZero();
        assertThat(sequence.newest()).isEqualTo(at(7, 6));
        settle(sequence, new Lineage(at(8, 4), List.of(at(7, 4))));
        page(
                sequence,
                new HistoryPage(
                        new Lineage(at(8, 4), List.of(at(7, 4))),
                        2,
                        List.of(stored(at(7, 2)), stored(at(7, 3))),
                        false));
        assertThat(told)
                .containsExactly(
                        at(7, 1), new Missing(8, 2, 1, REASON_EPOCH_CONTINUED), at(8, 2), at(8, 3), lost(8, 4, 4));
    }

    @Test
    void whatArrivesWhileAPageIsUnderWayDoesNotSpoilIt() {
        arrive(sequence, at(7, 1), at(7, 5));
        Position asked = sequence.newest();
        arrive(sequence, at(7, 6));
        sequence.page(page(at(7, 5), 2, false, 2, 3, 4, 5), asked);
        assertThat(told).containsExactly(offsets(7, 1, 6));
        assertThat(sequence.wantsComparison()).isFalse();
        assertThat(sequence.wantedPage()).isZero();
    }

    @Test
    void whatWaitsIsBoundedAndTheOldestGoFirst() {
        arrive(sequence, at(7, 1));
        for (long offset = 3; offset <= 5_000; offset++) arrive(sequence, at(7, offset));
        assertThat(room.used()).isLessThanOrEqualTo(1_000 * 10);
        page(sequence, page(at(7, 5_000), 2, true, LongStream.range(2, 500).toArray()));
        assertThat(sequence.wantedPage()).isEqualTo(500);
        page(
                sequence,
                page(at(7, 5_000), 500, true, LongStream.range(500, 4_100).toArray()));
        assertThat(told).containsExactly(offsets(7, 1, 5_000));
        assertThat(room.used()).isZero();
    }

    @Test
    void aLostConnectionForgetsWhatWaited() {
        arrive(sequence, at(7, 1), at(7, 3));
        sequence.disconnected();
        assertThat(room.used()).isZero();
        assertThat(sequence.wantedPage()).isZero();
        settle(sequence, at(7, 3));
        page(sequence, page(at(7, 3), 2, false, 2, 3));
        assertThat(told).containsExactly(offsets(7, 1, 3));
    }

    private TopicSequence sequence(boolean history) {
        return new TopicSequence(history, room, new TopicSequence.Output() {
            @Override
            public void deliver(Position position, byte[] body) {
                told.add(position);
            }

            @Override
            public void missing(Missing missing) {
                told.add(missing);
            }

            @Override
            public void filled() {}
        });
    }

    private static void arrive(TopicSequence sequence, Position... positions) {
        for (Position position : positions) sequence.arrived(new ChannelMessage(position, new byte[10]));
    }

    private static void page(TopicSequence sequence, HistoryPage page) {
        sequence.page(page, sequence.newest());
    }

    private static void settle(TopicSequence sequence, Position newest) {
        settle(sequence, Lineage.of(newest));
    }

    private static void settle(TopicSequence sequence, Lineage lineage) {
        assertThat(sequence.settle(sequence.newest(), lineage)).isTrue();
    }

    private static HistoryPage page(Position newest, long from, boolean more, long... offsets) {
        List<StoredPublication> publications = LongStream.of(offsets)
                .mapToObj(offset -> stored(at(newest.epoch(), offset)))
                .toList();
        return new HistoryPage(Lineage.of(newest), from, publications, more);
    }

    private static StoredPublication stored(Position position) {
        return new StoredPublication(position, new byte[10]);
    }

    private static Object[] offsets(long epoch, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(offset -> at(epoch, offset))
                .toArray();
    }

    private static Missing lost(long epoch, long from, long to) {
        return new Missing(epoch, from, to, REASON_BACKPLANE_LOST);
    }

    private static Position at(long epoch, long offset) {
        return new Position(epoch, offset);
    }
}
