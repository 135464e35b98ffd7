package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.session.LagReport.Laggard;
import io.fanwire.node.topic.LogConfig;
import io.fanwire.node.topic.TopicConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose socket does not take what is written is found, with how far he is behind. */
class LagTest {
    private static final LogConfig TINY = new LogConfig(2048, Duration.ofSeconds(100), 1024);
    private static final TopicConfig TOPICS = new TopicConfig(100, Duration.ofSeconds(1), 1 << 20, 32, TINY);

    private final Backplane backplane = new LocalBackplane(Namespaces.DEFAULT);
    private final Engine engine = new Engine(backplane, Namespaces.DEFAULT, TOPICS);

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void nobodyLagsWhoReads() {
        subscriber("t");
        publish("t", 10);
        sample();
        assertThat(engine.sessions.lag()).isEqualTo(LagReport.NONE);
    }

    @Test
    void whoDoesNotReadIsFoundWithHowFarHeIsBehind() {
        subscriber("t");
        Reader slow = subscriber("t");
        slow.pause();
        publish("t", 1);
        awaitStalls(1);
        assertThat(engine.sessions.lag()).isEqualTo(LagReport.NONE);
        publish("t", 5);
        sample();

        LagReport lag = engine.sessions.lag();
        assertThat(lag.subscriptions()).isEqualTo(1);
        assertThat(lag.sessions()).isEqualTo(1);
        // The first one is what is being written.
        assertThat(lag.maxPublications()).isEqualTo(5);
        assertThat(lag.bytes()).isPositive().isEqualTo(lag.maxBytes());
        assertThat(lag.worstSessions()).containsExactly(new Laggard("test-2", 1, 5, lag.bytes()));
        assertThat(lag.worstTopics()).containsExactly(new Laggard("t", 1, 5, lag.bytes()));

        slow.goOn();
        sample();
        assertThat(engine.sessions.lag()).isEqualTo(LagReport.NONE);
    }

    @Test
    void whatIsNoLongerInTheLogCountsToo() {
        Reader slow = subscriber("t");
        slow.pause();
        publish("t", 1);
        awaitStalls(1);
        publish("t", 300);
        sample();
        assertThat(engine.sessions.lag().maxPublications()).isEqualTo(300);
    }

    @Test
    void ofManyLaggardsTheWorstAreNamed() {
        List<Reader> slow = new ArrayList<>();
        // More than one slice of the lane's sessions, and more than are kept.
        for (int i = 0; i < 1_500; i++) slow.add(subscriber("t" + i % 20));
        slow.forEach(Reader::pause);
        for (int topic = 0; topic < 20; topic++) publish("t" + topic, 1);
        awaitStalls(1_500);
        for (int topic = 0; topic < 20; topic++) publish("t" + topic, topic + 1);
        sample();

        LagReport lag = engine.sessions.lag();
        assertThat(lag.sessions()).isEqualTo(1_500);
        assertThat(lag.subscriptions()).isEqualTo(1_500);
        assertThat(lag.maxPublications()).isEqualTo(20);
        assertThat(lag.worstSessions()).hasSize(10).allMatch(each -> each.publications() == 20);
        assertThat(lag.worstTopics())
                .extracting(Laggard::name)
                .startsWith("t19", "t18", "t17")
                .hasSize(10);
        assertThat(lag.worstTopics()).allMatch(each -> each.subscriptions() == 75);
    }

    @Test
    void whoLeavesDuringALookDoesNotDisturbIt() {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 600; i++) readers.add(subscriber("t"));
        readers.forEach(Reader::pause);
        publish("t", 1);
        awaitStalls(600);
        publish("t", 3);
        engine.advance(LagSampler.PERIOD.plusSeconds(1));
        engine.lane.loop().turn();
        for (int i = 0; i < 400; i++) readers.get(i).disconnect();
        engine.turn();
        assertThat(engine.lane.loop().failures()).isZero();
        assertThat(engine.sessions.lag().sessions()).isBetween(200L, 600L);
        sample();
        assertThat(engine.sessions.lag().sessions()).isEqualTo(200);
    }

    @Test
    void aTopicWithReadersOnManyLanesIsOne() {
        LagReport one = new LagReport(1, 1, 7, 70, 70, List.of(new Laggard("a", 1, 7, 70)), topic(1, 7, 70));
        LagReport other = new LagReport(2, 1, 9, 30, 50, List.of(new Laggard("b", 2, 9, 50)), topic(2, 9, 50));
        assertThat(LagReport.sum(List.of(one, other, LagReport.NONE)))
                .isEqualTo(new LagReport(
                        3,
                        2,
                        9,
                        70,
                        120,
                        List.of(new Laggard("b", 2, 9, 50), new Laggard("a", 1, 7, 70)),
                        topic(3, 9, 120)));
    }

    private static List<Laggard> topic(int subscriptions, long publications, long bytes) {
        return List.of(new Laggard("t", subscriptions, publications, bytes));
    }

    private Reader subscriber(String topic) {
        Reader reader = new Reader(engine.sessions);
        reader.subscribe(2, topic);
        engine.turnUntil(() -> reader.isAnswered(2));
        return reader;
    }

    private void awaitStalls(int count) {
        engine.turnUntil(() -> engine.sessions.stats().writeStallsTotal() == count);
    }

    private void publish(String topic, int count) {
        for (int i = 0; i < count; i++) engine.publish(topic, "some text " + i);
        engine.turn();
    }

    private void sample() {
        engine.advance(LagSampler.PERIOD.plusSeconds(1));
        engine.turn();
    }
}
