package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.LogConfig;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client takes nothing for so long that what comes next is no longer in the log of its topic. */
class FallBehindTest {
    private static final LogConfig TINY = new LogConfig(2048, Duration.ofSeconds(10), 1024);
    private static final TopicConfig TOPICS = new TopicConfig(10, Duration.ofSeconds(1), 1 << 20, 32, TINY);
    private static final int SUBSCRIBE = 2;
    private static final int NEWEST = 300;

    // By what the topics before the colon are called.
    private final Namespaces namespaces = Namespaces.of(
            namespace("history", HistoryConfig.DEFAULT, FallBehind.CLOSE),
            namespace("short", new HistoryConfig(50, Duration.ofMinutes(5), 1 << 20), FallBehind.CLOSE),
            namespace("gap", HistoryConfig.NONE, FallBehind.GAP),
            namespace("latest", HistoryConfig.NONE, FallBehind.LATEST),
            namespace("close", HistoryConfig.NONE, FallBehind.CLOSE));
    private final Backplane backplane = new LocalBackplane(namespaces);
    private final Engine engine = new Engine(backplane, namespaces, TOPICS);

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void withHistoryNothingIsMissing() {
        Reader reader = fallBehind("history:t");
        reader.goOn();
        engine.turnUntil(() -> reader.lastOffset() == NEWEST);

        publish("history:t", 1);
        engine.turnUntil(() -> reader.lastOffset() == NEWEST + 1);

        assertThat(reader.offsets()).isEqualTo(range(1, NEWEST + 1));
        assertThat(reader.heard()).noneMatch(Event::hasGap);
        assertThat(engine.lane.stats().catchUps()).isZero();
    }

    @Test
    void whatIsPublishedWhileItCatchesUpIsNotMissingEither() {
        Reader reader = fallBehind("history:t");
        for (int i = 0; i < 100; i++) {
            reader.goOn();
            reader.pause();
            publish("history:t", 2);
            engine.turn();
        }
        reader.goOn();
        engine.turnUntil(() -> reader.lastOffset() == NEWEST + 200);

        assertThat(reader.offsets()).isEqualTo(range(1, NEWEST + 200));
        assertThat(reader.heard()).noneMatch(Event::hasGap);
    }

    @Test
    void whatTheHistoryHasNoMoreIsToldAndTheRestComes() {
        Reader reader = fallBehind("short:t");
        reader.goOn();
        engine.turnUntil(() -> reader.lastOffset() == NEWEST);

        Gap gap = onlyGap(reader);
        assertThat(gap.getReason()).isEqualTo(Gap.Reason.REASON_HISTORY_EXCEEDED);
        assertEachIsHeardOrTold(reader, NEWEST);
        assertThat(gap.getToOffset()).isLessThanOrEqualTo(NEWEST - 50);
    }

    @Test
    void withoutHistoryTheGapIsToldAndItGoesOnWithTheNextPublication() {
        Reader reader = fallBehind("gap:t");
        reader.goOn();
        engine.turnUntil(() -> reader.heard().stream().anyMatch(Event::hasGap));
        publish("gap:t", 1);
        engine.turnUntil(() -> reader.lastOffset() == NEWEST + 1);

        Gap gap = onlyGap(reader);
        assertThat(gap.getReason()).isEqualTo(Gap.Reason.REASON_TOO_SLOW);
        assertThat(gap.getToOffset()).isEqualTo(NEWEST);
        assertEachIsHeardOrTold(reader, NEWEST + 1);
        assertThat(reader.offsets()).endsWith(gap.getFromOffset() - 1, NEWEST + 1L);
    }

    @Test
    void withTheNewestWantedOnlyTheGapEndsBeforeExactlyThat() {
        Reader reader = fallBehind("latest:t");
        reader.goOn();
        engine.turnUntil(() -> reader.lastOffset() == NEWEST);

        Gap gap = onlyGap(reader);
        assertThat(gap.getReason()).isEqualTo(Gap.Reason.REASON_CONFLATED);
        assertThat(gap.getToOffset()).isEqualTo(NEWEST - 1);
        assertEachIsHeardOrTold(reader, NEWEST);
        assertThat(reader.offsets()).endsWith(gap.getFromOffset() - 1, (long) NEWEST);
    }

    @Test
    void whereSlowOnesAreClosedItIsClosedAndHeardNothingOutOfOrder() {
        Reader reader = fallBehind("close:t");
        reader.goOn();
        engine.turnUntil(() -> reader.closedFor() != null);

        assertThat(reader.closedFor()).isEqualTo(CloseReason.SLOW_CONSUMER);
        assertThat(CloseReason.SLOW_CONSUMER.code()).isEqualTo(4002);
        assertThat(reader.offsets()).isEqualTo(range(1, reader.lastOffset()));
        assertThat(reader.heard()).noneMatch(Event::hasGap);
        assertThat(engine.lane.stats().subscriptions()).isZero();
    }

    @Test
    void aSlowOneCostsTheOthersNothing() {
        Reader fast = subscribe("gap:t");
        Reader slow = fallBehind("gap:t");
        engine.turnUntil(() -> fast.lastOffset() == NEWEST);

        assertThat(fast.offsets()).isEqualTo(range(1, NEWEST));
        assertThat(slow.lastOffset()).isZero();
    }

    /** One that has a write under way since the first publications. */
    private Reader fallBehind(String topic) {
        Reader reader = subscribe(topic);
        reader.pause();
        for (int i = 0; i < NEWEST; i++) {
            publish(topic, 1);
            engine.turn();
        }
        return reader;
    }

    private Reader subscribe(String topic) {
        Reader reader = new Reader(engine.sessions);
        reader.subscribe(SUBSCRIBE, topic);
        engine.turnUntil(() -> reader.isAnswered(SUBSCRIBE));
        return reader;
    }

    private void publish(String topic, int count) {
        for (int i = 0; i < count; i++) engine.publish(topic, "x".repeat(100));
    }

    private static Gap onlyGap(Reader reader) {
        List<Event> gaps = reader.heard().stream().filter(Event::hasGap).toList();
        assertThat(gaps).hasSize(1);
        return gaps.get(0).getGap();
    }

    /** In order, nothing twice, nothing left out. */
    private static void assertEachIsHeardOrTold(Reader reader, long newest) {
        long last = 0;
        for (Event event : reader.heard()) {
            long from = event.hasGap()
                    ? event.getGap().getFromOffset()
                    : event.getPublication().getOffset();
            assertThat(from).isEqualTo(last + 1);
            last = event.hasGap() ? event.getGap().getToOffset() : from;
        }
        assertThat(last).isEqualTo(newest);
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static Namespace namespace(String name, HistoryConfig history, FallBehind fallBehind) {
        return new Namespace(name, history, true, fallBehind, 65_536, Durability.ACKNOWLEDGED);
    }
}
