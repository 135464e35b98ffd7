package io.fanwire.node.backplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LocalBackplaneTest extends BackplaneContract {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource time = () -> now;

    @Override
    protected Backplane open(Namespaces namespaces) {
        return new LocalBackplane(namespaces, time, 3, 100, 1 << 30);
    }

    @Override
    protected void pass(Duration passed) {
        now = now.plus(passed);
    }

    @Override
    protected Instant now() {
        return now;
    }

    @Override
    protected Backplane openOther(Backplane first) {
        return first;
    }

    @Test
    void aForgottenTopicStartsWithANewEpoch() {
        Position before = publish("a");
        for (int i = 0; i < 3; i++) await(backplane.publish(new Topic("other:" + i), text("x")));
        Position after = publish("b");
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(after.offset()).isEqualTo(1);
    }

    @Test
    void aSubscribedTopicIsNeverForgotten() {
        Position start = subscribe();
        for (int i = 0; i < 10; i++) await(backplane.publish(new Topic("other:" + i), text("x")));
        assertThat(publish("a")).isEqualTo(start.next());
    }

    @Test
    void anIdempotencyKeyIsForgottenAfterTwoMinutes() {
        Position first = await(backplane.publish(topic, keyed("a", "key")));
        now = now.plus(Duration.ofSeconds(119));
        assertThat(await(backplane.publish(topic, keyed("a", "key")))).isEqualTo(first);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(await(backplane.publish(topic, keyed("a", "key")))).isEqualTo(first.next());
    }

    @Test
    void theNumberOfIdempotencyKeysIsBounded() {
        Position first = await(backplane.publish(topic, keyed("a", "key")));
        for (int i = 0; i < 100; i++) await(backplane.publish(topic, keyed("a", "key " + i)));
        assertThat(await(backplane.publish(topic, keyed("a", "key")))).isNotEqualTo(first);
    }

    @Test
    void aFailingListenerDoesNotStopTheOthers() {
        TopicListener failing = new RecordingListener() {
            @Override
            public synchronized void onPublication(Position position, byte[] body) {
                throw new IllegalStateException("on purpose");
            }
        };
        await(backplane.subscribe(new Topic("failing:1"), failing));
        backplane.publish(new Topic("failing:1"), text("x"));
        subscribe();
        publish("y");
        listener.awaitPublications(1);
    }

    @Test
    void allHistoriesTogetherAreBoundedAndTheEldestGoFirst() {
        try (Backplane small = new LocalBackplane(Namespaces.DEFAULT, time, 10, 100, 100_000)) {
            Topic elder = new Topic("elder:one");
            Topic newer = new Topic("newer:one");
            OutgoingPublication large = new OutgoingPublication(new byte[60_000], "");
            await(small.publish(elder, large));
            assertThat(kept(small, elder)).isEqualTo(1);
            await(small.publish(newer, large));
            assertThat(kept(small, elder)).isZero();
            assertThat(kept(small, newer)).isEqualTo(1);
        }
    }

    private static int kept(Backplane backplane, Topic topic) {
        HistoryQuery all = new HistoryQuery(new HistoryQuery.Start.Beginning(), 10, 1 << 20);
        return await(backplane.read(topic, all)).publications().size();
    }
}
