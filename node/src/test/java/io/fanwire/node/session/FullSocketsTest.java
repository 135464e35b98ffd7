package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane with room for two clients that don't read. */
class FullSocketsTest {
    private boolean scarce = true;
    private final LocalBackplane backplane = new LocalBackplane(Namespaces.DEFAULT);
    private final Engine engine =
            new Engine(backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT, new FullSocketsBound(2, () -> scarce));

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void asManyAsThereIsRoomForStay() {
        Reader first = stuck("a");
        Reader second = stuck("b");
        assertThat(first.closedFor()).isNull();
        assertThat(second.closedFor()).isNull();
    }

    @Test
    void whoIsStuckLongestMakesRoom() {
        Reader first = stuck("a");
        Reader second = stuck("b");
        Reader third = stuck("c");
        assertThat(first.closedFor()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(first.isAborted()).isTrue();
        assertThat(second.closedFor()).isNull();
        assertThat(third.closedFor()).isNull();
    }

    @Test
    void whileThereIsMemoryEverybodyStays() {
        scarce = false;
        Reader first = stuck("a");
        stuck("b");
        stuck("c");
        assertThat(first.closedFor()).isNull();
        assertThat(engine.lane.fullSocketsNow()).isEqualTo(3);
    }

    @Test
    void whenMemoryBecomesScarceTheyGoThoughNobodyElseComes() {
        scarce = false;
        Reader first = stuck("a");
        Reader second = stuck("b");
        stuck("c");
        scarce = true;
        engine.pass(Duration.ofMillis(200));
        assertThat(first.closedFor()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(second.closedFor()).isNull();
        assertThat(engine.sessions.stats().fullSocketsCutTotal()).isEqualTo(1);
    }

    @Test
    void whoReadsOnIsStuckNoMore() {
        Reader first = stuck("a");
        Reader second = stuck("b");
        first.goOn();
        engine.turn();
        Reader third = stuck("c");
        assertThat(first.closedFor()).isNull();
        assertThat(second.closedFor()).isNull();
        stuck("d");
        assertThat(second.closedFor()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(third.closedFor()).isNull();
    }

    @Test
    void whoIsGoneTakesNoRoom() {
        Reader first = stuck("a");
        Reader second = stuck("b");
        first.disconnect();
        engine.turn();
        stuck("c");
        assertThat(second.closedFor()).isNull();
    }

    @Test
    void oneFanOutThatFillsManySocketsReachesAllOthers() {
        Reader[] full = new Reader[5];
        for (int i = 0; i < full.length; i++) full[i] = subscriber("t");
        Reader reading = subscriber("t");
        for (Reader each : full) each.pause();
        engine.publish("t", "too much");
        engine.turnUntil(() -> reading.lastOffset() == 1);
        assertThat(full).filteredOn(each -> each.closedFor() == null).hasSize(2);
        engine.publish("t", "more");
        engine.turnUntil(() -> reading.lastOffset() == 2);
    }

    @Test
    void whoIsCutIsToldFromWhoTimesOut() {
        stuck("a");
        stuck("b");
        assertThat(engine.lane.fullSocketsNow()).isEqualTo(2);
        assertThat(engine.sessions.stats().fullSocketsCutTotal()).isZero();
        stuck("c");
        assertThat(engine.lane.fullSocketsNow()).isEqualTo(2);
        assertThat(engine.sessions.stats().fullSocketsCutTotal()).isEqualTo(1);
        engine.advance(Duration.ofMinutes(61));
        engine.turnUntil(() -> engine.lane.fullSocketsNow() == 0);
        assertThat(engine.sessions.stats().closedTotal(CloseReason.WRITE_TIMEOUT))
                .isEqualTo(3);
        assertThat(engine.sessions.stats().fullSocketsCutTotal()).isEqualTo(1);
    }

    @Test
    void fullSocketsAreCountedUntilTheyAreReadOrGone() {
        Reader first = stuck("a");
        Reader second = stuck("b");
        first.goOn();
        engine.turn();
        assertThat(engine.lane.fullSocketsNow()).isEqualTo(1);
        second.disconnect();
        engine.turn();
        assertThat(engine.lane.fullSocketsNow()).isZero();
        assertThat(engine.sessions.stats().fullSocketsCutTotal()).isZero();
    }

    /** Whose socket is full. */
    private Reader stuck(String topic) {
        Reader reader = subscriber(topic);
        reader.pause();
        long before = engine.sessions.stats().writeStallsTotal();
        engine.publish(topic, "too much");
        engine.turnUntil(() -> engine.sessions.stats().writeStallsTotal() > before);
        return reader;
    }

    private Reader subscriber(String topic) {
        Reader reader = new Reader(engine.sessions);
        reader.subscribe(2, topic);
        engine.turnUntil(() -> reader.isAnswered(2));
        return reader;
    }
}
