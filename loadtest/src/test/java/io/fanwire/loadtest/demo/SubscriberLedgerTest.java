package io.fanwire.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.client.Message;
import io.fanwire.protocol.Position;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriberLedgerTest {
    private static final long EPOCH = 7;

    private final TopicLedger topic = new TopicLedger("demo:test");
    private final Deliveries deliveries = new Deliveries(2);
    private final SubscriberLedger subscriber = new SubscriberLedger(1, topic, deliveries);

    @BeforeEach
    void subscribe() {
        subscriber.onSubscribed(new Position(EPOCH, 0));
    }

    @Test
    void isCompleteWhenAllThatIsAcknowledgedHasCome() {
        acknowledge(1, 2, 3);
        receive(1, 2);
        assertThat(subscriber.isComplete()).isFalse();
        assertThat(subscriber.lost()).isEqualTo(1);
        assertThat(subscriber.holes()).isZero();
        receive(3);
        assertThat(subscriber.isComplete()).isTrue();
        assertThat(subscriber.lost()).isZero();
    }

    @Test
    void aMessageMayComeBeforeItsAcknowledgement() {
        receive(1);
        acknowledge(1);
        assertThat(subscriber.isComplete()).isTrue();
    }

    @Test
    void aHoleIsLost() {
        acknowledge(1, 2, 3, 4);
        receive(1, 4);
        assertThat(subscriber.holes()).isEqualTo(2);
        assertThat(subscriber.lost()).isEqualTo(2);
    }

    @Test
    void aLateMessageIsOutOfOrderAndNotLost() {
        acknowledge(1, 2, 3);
        receive(1, 3, 2);
        assertThat(subscriber.outOfOrder()).isEqualTo(1);
        assertThat(subscriber.duplicated()).isZero();
        assertThat(subscriber.isComplete()).isTrue();
    }

    @Test
    void aRepeatedMessageIsADuplicate() {
        acknowledge(1, 2);
        receive(1, 2, 2, 1);
        assertThat(subscriber.duplicated()).isEqualTo(2);
        assertThat(subscriber.outOfOrder()).isZero();
        assertThat(subscriber.isComplete()).isTrue();
    }

    @Test
    void anotherContentAtThePositionIsNotComplete() {
        topic.acknowledge(new Position(EPOCH, 1), 1);
        topic.acknowledge(new Position(EPOCH, 2), 2);
        receiveAs(EPOCH, 1, 2);
        receiveAs(EPOCH, 2, 1);
        assertThat(subscriber.lost()).isZero();
        assertThat(subscriber.isComplete()).isFalse();
    }

    @Test
    void aForeignMessageTakesAPositionAndCountsForNothing() {
        acknowledge(1, 3);
        receive(1);
        subscriber.onMessage(message(EPOCH, 2, "hello"));
        receive(3);
        assertThat(subscriber.isComplete()).isTrue();
        assertThat(deliveries.count()).isEqualTo(2);
    }

    @Test
    void aNewEpochIsALoss() {
        acknowledge(1);
        receive(1);
        receiveAs(EPOCH + 1, 1, 2);
        assertThat(subscriber.lost()).isEqualTo(1);
        assertThat(subscriber.isComplete()).isFalse();
    }

    @Test
    void anAbsurdJumpIsALossAndNotAMillionEntries() {
        receive(1, Long.MAX_VALUE / 2);
        assertThat(subscriber.holes()).isEqualTo(1);
    }

    @Test
    void subscribesWithinATopicsLife() {
        var late = new SubscriberLedger(0, topic, deliveries);
        late.onSubscribed(new Position(EPOCH, 41));
        late.onMessage(message(EPOCH, 42, new Payload(42, 0, 0).text()));
        assertThat(late.holes()).isZero();
    }

    private void acknowledge(long... offsets) {
        for (long offset : offsets) topic.acknowledge(new Position(EPOCH, offset), offset);
    }

    private void receive(long... offsets) {
        for (long offset : offsets) receiveAs(EPOCH, offset, offset);
    }

    private void receiveAs(long epoch, long offset, long number) {
        subscriber.onMessage(message(epoch, offset, new Payload(number, 0, System.nanoTime()).text()));
    }

    private Message message(long epoch, long offset, String text) {
        return Message.ofText(topic.name(), new Position(epoch, offset), Instant.EPOCH, text);
    }
}
