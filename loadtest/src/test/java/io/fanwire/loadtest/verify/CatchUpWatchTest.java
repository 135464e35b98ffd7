package io.fanwire.loadtest.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.Message;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.protocol.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CatchUpWatchTest {
    private final Tally tally = new Tally();
    private final TopicBook topic = new TopicBook(0, "verify:1");
    private final SubscriberBook one = new SubscriberBook(0, topic, 1, tally);
    private final SubscriberBook other = new SubscriberBook(1, topic, 1, tally);
    private final CatchUpWatch watch = new CatchUpWatch(List.of(one, other));

    @BeforeEach
    void subscribe() {
        one.onSubscribed(new Position(7, 10));
        other.onSubscribed(new Position(7, 10));
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void lastsUntilTheLastHasWhatWasDueThen() {
        publish(11);
        watch.watch(20, "kill node 2");
        publish(12);
        deliver(one, 11);
        assertThat(watch.recoveries()).containsExactly(new Recovery(20, "kill node 2", null));
        deliver(other, 11);
        await().until(() -> watch.recoveries().get(0).seconds() != null);
        assertThat(watch.recoveries().get(0).seconds()).isNotNegative();
    }

    @Test
    void whoeverHasEverythingIsThereAtOnce() {
        publish(11);
        deliver(one, 11);
        deliver(other, 11);
        watch.watch(20, "resume redis");
        assertThat(watch.recoveries()).singleElement().satisfies(each -> {
            assertThat(each.fault()).isEqualTo("resume redis");
            assertThat(each.seconds()).isNotNull();
        });
    }

    @Test
    void severalAreWatchedAtOnce() {
        publish(11);
        watch.watch(1, "first");
        publish(12);
        watch.watch(2, "second");
        deliver(one, 11);
        deliver(other, 11);
        await().until(() -> watch.recoveries().get(0).seconds() != null);
        assertThat(watch.recoveries().get(1)).isEqualTo(new Recovery(2, "second", null));
        watch.close();
        deliver(one, 12);
        deliver(other, 12);
        assertThat(watch.recoveries().get(1).seconds())
                .as("a last look at the end")
                .isNotNull();
    }

    private void publish(long offset) {
        topic.acknowledge(new Position(7, offset), payload(offset));
    }

    private static void deliver(SubscriberBook to, long offset) {
        to.onMessage(Message.ofBinary(
                "verify:1",
                new Position(7, offset),
                Instant.EPOCH,
                payload(offset).encode(64)));
    }

    private static Payload payload(long offset) {
        return new Payload(0, 0, Payload.NO_MARK, offset, 0);
    }
}
