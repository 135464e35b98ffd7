package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscribers that come back together: what one of them needs is read once for all, and not much at a time. */
class SharedReadsTest {
    private static final int SUBSCRIBE = 2;
    private static final int NEWEST = 500;
    private static final int MOST_READS_AT_ONCE = 8;

    private final ReadsBackplane backplane = new ReadsBackplane(new LocalBackplane(Namespaces.DEFAULT));
    private final Engine engine = new Engine(backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT);

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void twoThousandThatResumeHereAndThereCostFewReads() {
        Position newest = publish("t", NEWEST);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) readers.add(resume("t", newest.epoch(), from(i)));

        engine.turnUntil(() -> areUpToDate(readers));

        for (int i = 0; i < readers.size(); i++) {
            assertThat(readers.get(i).reply(SUBSCRIBE).getSubscribed().getResumed())
                    .isTrue();
            assertHeard(readers.get(i), from(i) + 1, NEWEST);
        }
        assertThat(backplane.reads()).isLessThan(100);
        assertThat(engine.lane.stats().catchUps()).isZero();
    }

    @Test
    void thoseThatCaughtUpAreInTheLiveStream() {
        Position newest = publish("t", NEWEST);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) readers.add(resume("t", newest.epoch(), from(i)));
        engine.turnUntil(() -> areUpToDate(readers));
        int reads = backplane.reads();

        publish("t", 10);
        engine.turnUntil(() -> areUpToDate(readers, NEWEST + 10));

        for (int i = 0; i < readers.size(); i++) assertHeard(readers.get(i), from(i) + 1, NEWEST + 10);
        assertThat(backplane.reads()).isEqualTo(reads);
    }

    @Test
    void neverMoreThanEightReadsAreUnderWay() {
        List<Reader> readers = new ArrayList<>();
        backplane.hold();
        for (int i = 0; i < 50; i++) {
            Position newest = publish("t" + i, 5);
            readers.add(resume("t" + i, newest.epoch(), 0));
        }
        engine.turnUntil(() -> engine.topics.pagesWaiting() == 50 - MOST_READS_AT_ONCE);
        assertThat(backplane.running()).isEqualTo(MOST_READS_AT_ONCE);

        backplane.letGo();
        engine.turnUntil(() -> areUpToDate(readers, 5));

        assertThat(backplane.mostAtOnce()).isEqualTo(MOST_READS_AT_ONCE);
        assertThat(backplane.reads()).isEqualTo(50);
        assertThat(engine.topics.pagesWaiting()).isZero();
    }

    @Test
    void readsThatFailWhileCatchingUpCostNobodyAnything() {
        Position newest = publish("t", NEWEST);
        // The first answers the subscribe commands, the others come on the way.
        backplane.failReads(number -> number > 1 && number <= 20);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) readers.add(resume("t", newest.epoch(), 0));

        engine.turnUntil(() -> areUpToDate(readers), this::letTimePass);

        for (Reader reader : readers) assertHeard(reader, 1, NEWEST);
        assertThat(engine.topics.pageFailures()).isEqualTo(19);
    }

    @Test
    void aNewSubscribeIsToldToTryAgainWhenTheHistoryCantBeRead() {
        Position newest = publish("t", NEWEST);
        backplane.failReads(number -> number == 1);
        Reader reader = resume("t", newest.epoch(), 100);
        engine.turnUntil(() -> reader.isAnswered(SUBSCRIBE));

        Error error = reader.reply(SUBSCRIBE).getError();
        assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE);
        assertThat(error.getRetryable()).isTrue();
        assertThat(engine.lane.stats().subscriptions()).isZero();

        reader.resume(SUBSCRIBE + 1, "t", new Position(newest.epoch(), 100));
        engine.turnUntil(() -> areUpToDate(List.of(reader)));
        assertHeard(reader, 101, NEWEST);
    }

    /** Different ones, all of them old. */
    private static long from(int reader) {
        return 50 + reader % 200;
    }

    private Position publish(String topic, int count) {
        for (int i = 1; i < count; i++) engine.publish(topic, "x");
        return engine.publish(topic, "x");
    }

    private Reader resume(String topic, long epoch, long offset) {
        Reader reader = new Reader(engine.sessions);
        reader.resume(SUBSCRIBE, topic, new Position(epoch, offset));
        return reader;
    }

    private static boolean areUpToDate(List<Reader> readers) {
        return areUpToDate(readers, NEWEST);
    }

    private static boolean areUpToDate(List<Reader> readers, long newest) {
        return readers.stream().allMatch(reader -> reader.lastOffset() == newest);
    }

    private static void assertHeard(Reader reader, long first, long last) {
        assertThat(reader.offsets())
                .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
        assertThat(reader.heard()).hasSize((int) (last - first + 1));
    }

    /** What waits for its repetition comes, but no read is waited for in that time. */
    private void letTimePass() {
        if (backplane.running() == 0) engine.advance(Duration.ofMillis(50));
    }
}
