package io.fanwire.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.client.Message;
import io.fanwire.protocol.Position;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final DemoPlan PLAN = new DemoPlan(2, 8080, 2, 100, null);

    private final Ledger ledger = new Ledger(PLAN);
    private final TopicLedger topic = ledger.topicOf(0);
    private final SubscriberLedger first = ledger.subscriber(0, topic);
    private final SubscriberLedger second = ledger.subscriber(1, topic);

    @Test
    void isPerfectOnceEverythingHasComeOverEveryWay() {
        publish(1);
        deliver(first, 1, 0);
        deliver(second, 1, 0);
        assertThat(ledger.isComplete()).isTrue();
        assertThat(ledger.isPerfect()).as("nothing came from node 2 yet").isFalse();
        publish(2);
        deliver(first, 2, 1);
        assertThat(ledger.isComplete()).isFalse();
        deliver(second, 2, 1);
        assertThat(ledger.isPerfect()).isTrue();
    }

    @Test
    void accountsForEverySubscriber() {
        publish(1);
        publish(2);
        deliver(first, 1, 0);
        deliver(first, 1, 0);
        Account account = ledger.atTheEnd(3);
        assertThat(account.publications()).isEqualTo(2);
        assertThat(account.lost()).isEqualTo(3);
        assertThat(account.duplicated()).isEqualTo(1);
        assertThat(ledger.soFar(3).lost()).as("may be on its way").isZero();
        assertThat(account.line())
                .startsWith("2 publications, 2 deliveries (0 across nodes), 3 lost, 1 duplicated, 0 out of order, p50 ")
                .endsWith(", 3 publications failed");
    }

    @Test
    void tellsDeliveriesAcrossNodes() {
        publish(1);
        deliver(first, 1, 0);
        deliver(second, 1, 0);
        assertThat(ledger.soFar(0).deliveries()).isEqualTo(2);
        assertThat(ledger.soFar(0).acrossNodes()).isEqualTo(1);
    }

    private void publish(long number) {
        topic.acknowledge(new Position(0, number), number);
    }

    private void deliver(SubscriberLedger subscriber, long number, int node) {
        var payload = new Payload(number, node, System.nanoTime());
        subscriber.onMessage(Message.ofText(topic.name(), new Position(0, number), Instant.EPOCH, payload.text()));
    }
}
