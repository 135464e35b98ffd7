package io.fanwire.loadtest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.ledger.LedgerPart;
import io.fanwire.protocol.Position;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a topic's and a subscriber's book say together. */
class BooksTest {
    private static final int SIZE = 64;
    private static final BitSet NO_MARKS = new BitSet();

    private final Tally tally = new Tally();
    private final TopicBook topic = new TopicBook(3, "verify:4");
    private final SubscriberBook subscriber = new SubscriberBook(5, topic, 2, tally);

    @BeforeEach
    void subscribe() {
        subscriber.onSubscribed(new Position(7, 10));
    }

    @Test
    void whatComesIsDelivered() {
        for (int i = 11; i <= 20; i++) publishAndDeliver(7, i);
        Account account = account(0);
        assertThat(account.expected()).isEqualTo(10);
        assertThat(account.delivered()).isEqualTo(10);
        assertThat(account.isKept()).isTrue();
        assertThat(tally.takeDelivered()).isEqualTo(10);
        assertThat(tally.takeLatency().getTotalCount()).isEqualTo(10);
    }

    @Test
    void aPositionThatComesTwiceIsSeenAgain() {
        Payload payload = publishAndDeliver(7, 11);
        deliver(7, 11, payload);
        assertThat(account(4).duplicatesSeen()).isEqualTo(1);
        assertThat(account(4).duplicatesOnTheWire()).isEqualTo(5);
        assertThat(tally.takeDelivered()).isEqualTo(1);
    }

    @Test
    void aPublicationAtTwoPositionsIsSeenAgainUnlessTheEpochChanged() {
        Payload payload = publishAndDeliver(7, 11);
        subscriber.onGap(new GapInfo("verify:4", 8, 1, 0, GapInfo.Reason.EPOCH_CHANGED));
        deliver(8, 1, payload);
        assertThat(account(0).duplicatesSeen()).isZero();
        deliver(8, 2, payload);
        assertThat(account(0).duplicatesSeen()).isEqualTo(1);
    }

    @Test
    void anEarlierPositionAfterALaterOneIsOutOfOrder() {
        Payload first = publish(7, 11);
        publishAndDeliver(7, 12);
        deliver(7, 11, first);
        assertThat(account(0).outOfOrder()).isEqualTo(1);
        assertThat(account(0).missingSilently()).isZero();
    }

    @Test
    void anotherPublicationAtItsPositionIsCorruption() {
        Payload first = publish(7, 11);
        Payload second = publish(7, 12);
        deliver(7, 11, second);
        deliver(7, 12, first);
        assertThat(account(0).corrupted()).isEqualTo(1);
    }

    @Test
    void aPayloadThatIsNotWholeOrOfAnotherTopicIsCorruption() {
        byte[] bytes = publish(7, 11).encode(SIZE);
        bytes[SIZE - 1]++;
        subscriber.onMessage(message(7, 11, bytes));
        subscriber.onMessage(message(7, 12, new Payload(4, 0, Payload.NO_MARK, 12, 0).encode(SIZE)));
        subscriber.onMessage(message(7, 13, new byte[3]));
        assertThat(account(0).corrupted()).isEqualTo(3);
        assertThat(account(0).missingSilently()).isZero();
    }

    @Test
    void theEndOfAnEpochIsTold() {
        publishAndDeliver(7, 11);
        publish(7, 12);
        subscriber.onGap(new GapInfo("verify:4", 8, 1, 1, GapInfo.Reason.EPOCH_CHANGED));
        publish(8, 1);
        publishAndDeliver(8, 2);
        Account account = account(0);
        assertThat(account.toldByReason()).isEqualTo(Map.of("EPOCH_CHANGED", 2L));
        assertThat(account.delivered()).isEqualTo(2);
        assertThat(account.isKept()).isTrue();
        assertThat(tally.takeMissed()).isEqualTo(1);
    }

    @Test
    void anEpochThatComesWithoutAGapGoesOn() {
        Payload first = publishAndDeliver(7, 11);
        publishAndDeliver(8, 12);
        assertThat(account(0).delivered()).isEqualTo(2);
        assertThat(account(0).gaps()).isZero();
        assertThat(account(0).isKept()).isTrue();
        deliver(8, 13, first);
        assertThat(account(0).duplicatesSeen())
                .as("its idempotency key lives on, too")
                .isEqualTo(1);
    }

    @Test
    void whatRedisLostIsToldOnlyByAGapThatSaysSo() {
        publishAndDeliver(7, 11);
        publish(7, 12);
        publishAndDeliver(8, 12);
        assertThat(account(0).missingSilently()).isEqualTo(1);
        assertThat(account(0).isKept()).isFalse();
    }

    @Test
    void anEpochThatStartsAnewWithoutAGapIsDisorder() {
        publishAndDeliver(7, 11);
        publishAndDeliver(8, 1);
        assertThat(account(0).outOfOrder()).isEqualTo(1);
    }

    @Test
    void gapsAndTheirPositionsAreCounted() {
        subscriber.onGap(new GapInfo("verify:4", 7, 11, 13, GapInfo.Reason.TOO_SLOW));
        subscriber.onGap(new GapInfo("verify:4", 8, 1, 0, GapInfo.Reason.EPOCH_CHANGED));
        assertThat(account(0).gaps()).isEqualTo(2);
        assertThat(account(0).gapPositions()).isEqualTo(3);
    }

    @Test
    void whoeverGoesOnInANewerEpochHasReachedWhatIsBehind() {
        publishAndDeliver(7, 11);
        publish(7, 14);
        Newest due = subscriber.newest();
        publishAndDeliver(8, 12);
        assertThat(subscriber.hasReached(due)).isFalse();
        publishAndDeliver(8, 14);
        assertThat(subscriber.hasReached(due)).isTrue();
    }

    @Test
    void whatRedisLostBehindAPositionIsToldAndItsOffsetsMayComeAgainInANewEpoch() {
        for (int i = 11; i <= 15; i++) publishAndDeliver(7, i);
        publish(7, 16);
        Newest lost = subscriber.newest();
        subscriber.onGap(new GapInfo("verify:4", 7, 13, 12, GapInfo.Reason.EPOCH_CHANGED));
        assertThat(subscriber.hasReached(lost)).isTrue();
        publishAndDeliver(8, 13);
        publishAndDeliver(8, 14);
        Account account = account(0);
        assertThat(account.toldByReason()).isEqualTo(Map.of("EPOCH_CHANGED", 1L));
        assertThat(account.outOfOrder()).isZero();
        assertThat(account.duplicatesSeen()).isZero();
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void anAnswerOutOfAnOldEpochIsNotTheNewest() {
        publishAndDeliver(7, 11);
        publishAndDeliver(8, 12);
        publish(7, 10);
        assertThat(subscriber.newest()).isNotNull();
        assertThat(subscriber.newest().position()).isEqualTo(new Position(8, 12));
    }

    @Test
    void whatIsMissedBetweenConnectionsIsTold() {
        publish(7, 11);
        subscriber.onGap(new GapInfo("verify:4", 7, 11, 11, GapInfo.Reason.CONNECTION_LOST));
        subscriber.onSubscribed(new Position(7, 11));
        publishAndDeliver(7, 12);
        assertThat(account(0).toldByReason()).isEqualTo(Map.of("CONNECTION_LOST", 1L));
        assertThat(account(0).delivered()).isEqualTo(1);
    }

    @Test
    void isCaughtUpWhenNothingMoreIsDue() {
        assertThat(subscriber.isCaughtUp(NO_MARKS)).isTrue();
        Payload first = publish(7, 11);
        assertThat(subscriber.isCaughtUp(NO_MARKS)).isFalse();
        deliver(7, 11, first);
        assertThat(subscriber.isCaughtUp(NO_MARKS)).isTrue();
        publish(7, 12);
        subscriber.onGap(new GapInfo("verify:4", 7, 12, 12, GapInfo.Reason.TOO_SLOW));
        assertThat(subscriber.isCaughtUp(NO_MARKS)).isTrue();
        publish(7, 13);
        subscriber.onGap(new GapInfo("verify:4", 8, 1, 0, GapInfo.Reason.EPOCH_CHANGED));
        assertThat(subscriber.isCaughtUp(NO_MARKS)).as("led to a newer epoch").isTrue();
        publish(9, 1);
        assertThat(subscriber.isCaughtUp(NO_MARKS))
                .as("nobody told it of this one")
                .isFalse();
    }

    @Test
    void waitsForTheMarksOfOtherProcesses() {
        BitSet two = new BitSet();
        two.set(2);
        assertThat(subscriber.isCaughtUp(two)).isFalse();
        deliver(7, 11, new Payload(3, 1, 2, 1, 0));
        assertThat(subscriber.isCaughtUp(two)).isTrue();
    }

    @Test
    void anUnansweredPublicationIsCounted() {
        topic.fail();
        assertThat(account(0).unacknowledged()).isEqualTo(1);
    }

    @Test
    void twoAcknowledgementsOfOnePositionAreCorruption() {
        publishAndDeliver(7, 11);
        publish(7, 11);
        assertThat(account(0).corrupted()).isPositive();
    }

    private Payload publishAndDeliver(long epoch, long offset) {
        Payload payload = publish(epoch, offset);
        deliver(epoch, offset, payload);
        return payload;
    }

    private Payload publish(long epoch, long offset) {
        Payload payload = new Payload(3, 1, Payload.NO_MARK, offset, 0);
        topic.acknowledge(new Position(epoch, offset), payload);
        return payload;
    }

    private void deliver(long epoch, long offset, Payload payload) {
        subscriber.onMessage(message(epoch, offset, payload.encode(SIZE)));
    }

    private static Message message(long epoch, long offset, byte[] bytes) {
        return Message.ofBinary("verify:4", new Position(epoch, offset), Instant.EPOCH, bytes);
    }

    private Account account(long dropped) {
        var topics = new TreeMap<>(Map.of("verify:4", topic.part()));
        return new LedgerPart(topics, List.of(subscriber.part(dropped))).account();
    }
}
