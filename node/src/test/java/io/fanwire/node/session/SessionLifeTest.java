package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.lane.TimingWheel;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Connected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What time does to a session, to the tick. */
class SessionLifeTest {
    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(7);
    private static final Duration AGE = Duration.ofMinutes(10);
    private static final Duration TICK = TimingWheel.TICK;

    private final HeldPublishes backplane = new HeldPublishes(new LocalBackplane(Namespaces.DEFAULT));
    private final Engine engine = engine(Duration.ZERO);

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void aSilentClientIsFoundAfterWhatWasAgreedAndATick() {
        Reader silent = new Reader(engine.sessions);
        silent.subscribe(2, "t");
        engine.turnUntil(() -> silent.isAnswered(2));
        Duration agreed = agreed(silent);

        engine.pass(agreed.minus(TICK));
        assertThat(silent.closedFor()).isNull();
        assertThat(silent.heartbeats()).isEqualTo(1);
        engine.pass(TICK.multipliedBy(3));

        assertThat(silent.closedFor()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
        assertThat(engine.lane.stats().subscriptions()).isZero();
        assertThat(engine.sessions.stats().closedTotal(CloseReason.HEARTBEAT_TIMEOUT))
                .isEqualTo(1);
        engine.pass(Duration.ofSeconds(2));
        assertThat(engine.sessions.stats().sessions()).isZero();
    }

    @Test
    void aClientGetsTheHeartbeatsThatItWishes() {
        Connect wish = Connect.newBuilder()
                .setHeartbeatIntervalMs(6_000)
                .setHeartbeatTimeoutMs(2_000)
                .build();
        Reader client = new Reader(engine.sessions, wish);
        engine.turn();
        Connected told = client.reply(1).getConnected();
        assertThat(told.getHeartbeatIntervalMs()).isBetween(5_400, 6_000);
        assertThat(told.getHeartbeatTimeoutMs()).isEqualTo(2_000);

        engine.pass(agreed(client).minus(TICK));
        assertThat(client.closedFor()).isNull();
        engine.pass(TICK.multipliedBy(3));
        assertThat(client.closedFor()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void aClientThatAsksForPingsIsKeptAliveByPongs() {
        Reader client = new Reader(
                engine.sessions, Connect.newBuilder().setHeartbeatByPing(true).build());
        for (int i = 0; i < 5; i++) {
            engine.pass(INTERVAL);
            client.pong();
            engine.turn();
        }
        assertThat(client.closedFor()).isNull();
        assertThat(client.pings()).isBetween(4, 6);
        assertThat(client.heartbeats()).isZero();

        engine.pass(INTERVAL.plus(TIMEOUT).plus(TICK));
        assertThat(client.closedFor()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void pongsDoNotKeepAnyOtherClientAlive() {
        Reader client = new Reader(engine.sessions);
        for (int i = 0; i < 4; i++) {
            engine.pass(Duration.ofSeconds(10));
            client.pong();
        }
        assertThat(client.closedFor()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
        assertThat(client.pings()).isZero();
    }

    @Test
    void aClientThatIsNotReadFromIsNotTakenForSilent() {
        Reader publisher = pipelining();
        Duration agreed = agreed(publisher);

        engine.pass(agreed.multipliedBy(3));
        assertThat(publisher.closedFor()).isNull();
        backplane.letGo();
        engine.turnUntil(() -> publisher.demands() == 1);

        engine.pass(agreed.minus(TICK));
        assertThat(publisher.closedFor()).isNull();
        engine.pass(TICK.multipliedBy(3));
        assertThat(publisher.closedFor()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void aClientThatIsStillReadFromIsTakenForSilentWhatsoeverItWaitsFor() {
        Reader publisher = new Reader(engine.sessions);
        backplane.hold();
        publisher.publish(2, "t");
        engine.turn();
        engine.pass(agreed(publisher).plus(TICK.multipliedBy(2)));
        assertThat(publisher.closedFor()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void aWriteOfWhichTheSocketTakesNothingEndsTheSession() {
        Reader stuck = stuck();
        engine.pass(WRITE_TIMEOUT.minus(TICK));
        assertThat(stuck.closedFor()).isNull();
        engine.pass(TICK.multipliedBy(2));
        assertThat(stuck.closedFor()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(engine.lane.stats().subscriptions()).isZero();
        assertThat(engine.sessions.stats().closedTotal(CloseReason.WRITE_TIMEOUT))
                .isEqualTo(1);
    }

    @Test
    void aClientThatTakesAByteNowAndThenLivesOnAsLongAsItSaysThatItIsThere() {
        Reader slow = stuck();
        for (int i = 0; i < 20; i++) {
            engine.pass(WRITE_TIMEOUT.minusSeconds(1));
            slow.tookAByte(engine.nanoTime());
            slow.heartbeat();
        }
        assertThat(slow.closedFor()).isNull();
        engine.pass(WRITE_TIMEOUT.plus(TICK));
        assertThat(slow.closedFor()).isEqualTo(CloseReason.WRITE_TIMEOUT);
    }

    @Test
    void aWriteThatIsDoneInTimeIsForgotten() {
        Reader client = stuck();
        engine.pass(WRITE_TIMEOUT.minusSeconds(1));
        client.goOn();
        engine.pass(WRITE_TIMEOUT.minusSeconds(1));
        client.pause();
        engine.publish("t", "another");
        engine.turnUntil(() -> engine.sessions.stats().writeStallsTotal() == 2);
        engine.pass(WRITE_TIMEOUT.minus(TICK));
        assertThat(client.closedFor()).isNull();
        engine.pass(TICK.multipliedBy(2));
        assertThat(client.closedFor()).isEqualTo(CloseReason.WRITE_TIMEOUT);
    }

    @Test
    void sessionsOfAnAgeAreToldToComeAgainOneAfterTheOther() {
        Engine aging = engine(AGE);
        List<Reader> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) clients.add(new Reader(aging.sessions));
        aging.turn();

        passAlive(aging, clients, AGE.multipliedBy(9).dividedBy(10).minusSeconds(1));
        assertThat(clients).allMatch(each -> each.closedFor() == null);
        for (int tenth = 1; tenth <= 10; tenth++) {
            passAlive(aging, clients, AGE.dividedBy(50));
            long gone =
                    clients.stream().filter(each -> each.closedFor() != null).count();
            assertThat(gone).isBetween(tenth * 10L - 5, tenth * 10L + 5);
        }
        passAlive(aging, clients, Duration.ofSeconds(2));
        assertThat(clients).allMatch(each -> each.closedFor() == CloseReason.MAX_AGE);
    }

    private void passAlive(Engine engine, List<Reader> clients, Duration time) {
        for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minusSeconds(10)) {
            engine.pass(left.compareTo(Duration.ofSeconds(10)) < 0 ? left : Duration.ofSeconds(10));
            clients.forEach(Reader::heartbeat);
            engine.turn();
        }
    }

    /** A publisher that the backplane owes so many answers that the node reads no more from it. */
    private Reader pipelining() {
        Reader publisher = new Reader(engine.sessions);
        engine.turnUntil(() -> publisher.isAnswered(1));
        backplane.hold();
        for (long id = 2; publisher.publish(id, "t"); id++) engine.turn();
        engine.turn();
        assertThat(publisher.demands()).isZero();
        return publisher;
    }

    /** A subscriber whose socket is full. */
    private Reader stuck() {
        Reader reader = new Reader(engine.sessions);
        reader.subscribe(2, "t");
        engine.turnUntil(() -> reader.isAnswered(2));
        reader.pause();
        engine.publish("t", "too much");
        engine.turnUntil(() -> engine.sessions.stats().writeStallsTotal() == 1);
        return reader;
    }

    private static Duration agreed(Reader reader) {
        Connected told = reader.reply(1).getConnected();
        return Duration.ofMillis(told.getHeartbeatIntervalMs() + told.getHeartbeatTimeoutMs());
    }

    private Engine engine(Duration age) {
        SessionLimits limits = new SessionLimits(
                Duration.ofSeconds(10), WRITE_TIMEOUT, age, 128 << 10, 1_000, 65_536, 100, RateConfig.UNLIMITED);
        HeartbeatConfig heartbeat = new HeartbeatConfig(
                INTERVAL, TIMEOUT, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(1));
        return new Engine(backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT, new SessionConfig(heartbeat, limits));
    }
}
