package io.fanwire.node.backplane.redis;

import static io.fanwire.protocol.v1.Gap.Reason.REASON_BACKPLANE_LOST;
import static io.fanwire.protocol.v1.Gap.Reason.REASON_EPOCH_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.redis.TopicSequence.Arrival;
import io.fanwire.node.backplane.redis.TopicSequence.Missing;
import io.fanwire.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TopicSequenceTest {
    private final TopicSequence sequence = new TopicSequence();

    @Test
    void theFirstArrivalStartsTheSequence() {
        assertThat(sequence.arrived(at(7, 40))).isEqualTo(Arrival.NEXT);
        assertThat(sequence.last()).isEqualTo(at(7, 40));
    }

    @Test
    void theFirstComparisonStartsTheSequence() {
        assertThat(sequence.caughtUp(at(7, 40))).isNull();
        assertThat(sequence.arrived(at(7, 41))).isEqualTo(Arrival.NEXT);
    }

    @Test
    void theNextOffsetIsDelivered() {
        sequence.arrived(at(7, 1));
        assertThat(sequence.arrived(at(7, 2))).isEqualTo(Arrival.NEXT);
    }

    @Test
    void aHoleIsMissing() {
        sequence.arrived(at(7, 1));
        assertThat(sequence.arrived(at(7, 5)))
                .isEqualTo(new Arrival(true, new Missing(7, 2, 4, REASON_BACKPLANE_LOST)));
        assertThat(sequence.arrived(at(7, 6))).isEqualTo(Arrival.NEXT);
    }

    @Test
    void anOffsetThatCameBeforeIsStale() {
        sequence.arrived(at(7, 5));
        assertThat(sequence.arrived(at(7, 5))).isEqualTo(Arrival.STALE);
        assertThat(sequence.arrived(at(7, 1))).isEqualTo(Arrival.STALE);
        assertThat(sequence.arrived(at(7, 6))).isEqualTo(Arrival.NEXT);
    }

    @Test
    void aNewEpochIsToldWithWhatIsMissingInIt() {
        sequence.arrived(at(7, 5));
        assertThat(sequence.arrived(at(8, 3))).isEqualTo(new Arrival(true, new Missing(8, 1, 2, REASON_EPOCH_CHANGED)));
    }

    @Test
    void aNewEpochIsToldEvenIfNothingIsMissingInIt() {
        sequence.arrived(at(7, 5));
        assertThat(sequence.arrived(at(8, 1))).isEqualTo(new Arrival(true, new Missing(8, 1, 0, REASON_EPOCH_CHANGED)));
    }

    @Test
    void aLostLastMessageIsMissing() {
        sequence.arrived(at(7, 5));
        assertThat(sequence.caughtUp(at(7, 7))).isEqualTo(new Missing(7, 6, 7, REASON_BACKPLANE_LOST));
        assertThat(sequence.arrived(at(7, 8))).isEqualTo(Arrival.NEXT);
    }

    @Test
    void aComparisonMayBeOlderThanWhatHasArrived() {
        sequence.arrived(at(7, 5));
        assertThat(sequence.caughtUp(at(7, 4))).isNull();
        assertThat(sequence.arrived(at(7, 6))).isEqualTo(Arrival.NEXT);
    }

    @Test
    void aComparisonTellsANewEpoch() {
        sequence.arrived(at(7, 5));
        assertThat(sequence.caughtUp(at(8, 0))).isEqualTo(new Missing(8, 1, 0, REASON_EPOCH_CHANGED));
        assertThat(sequence.arrived(at(8, 1))).isEqualTo(Arrival.NEXT);
    }

    /** Whatever arrives: what is delivered and what is missing are together everything, once, in order. */
    @RepeatedTest(200)
    void everythingIsDeliveredOrMissing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Position> told = new ArrayList<>();
        long epoch = 1;
        long offset = 0;
        sequence.caughtUp(at(epoch, 0));
        for (int step = 0; step < 500; step++) {
            if (random.nextInt(50) == 0) {
                epoch++;
                offset = 0;
            }
            Position published = at(epoch, ++offset);
            if (random.nextInt(4) > 0) arrive(published, told);
            if (random.nextInt(20) == 0) tell(sequence.caughtUp(published), told);
        }
        tell(sequence.caughtUp(at(epoch, offset)), told);
        for (int i = 1; i < told.size(); i++) assertFollows(told.get(i - 1), told.get(i));
        assertThat(told.get(told.size() - 1)).isEqualTo(at(epoch, offset));
    }

    private void arrive(Position position, List<Position> told) {
        Arrival arrival = sequence.arrived(position);
        tell(arrival.missing(), told);
        if (arrival.delivered()) told.add(position);
    }

    private static void tell(Missing missing, List<Position> told) {
        if (missing == null) return;
        for (long offset = missing.from(); offset <= missing.to(); offset++) told.add(at(missing.epoch(), offset));
    }

    private static void assertFollows(Position before, Position after) {
        if (before.epoch() == after.epoch()) assertThat(after).isEqualTo(before.next());
        else assertThat(after.offset()).isEqualTo(1);
    }

    private static Position at(long epoch, long offset) {
        return new Position(epoch, offset);
    }
}
