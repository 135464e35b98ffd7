package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.session.RateConfig.Kind;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Unsubscribe;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that does more than it may is told so, and when it may go on. */
class SessionRatesTest {
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final Duration BURST = Duration.ofSeconds(1);

    private final Backplane backplane = new LocalBackplane(Namespaces.DEFAULT);

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void aPublishTooManyIsRefusedAndPossibleWhenItSays() {
        Engine engine = engine(new RateConfig(0, 5, 0, 0, BURST));
        Reader client = new Reader(engine.sessions);
        for (int id = 2; id <= 7; id++) client.publish(id, "t");
        engine.turnUntil(() -> client.isAnswered(6) && client.isAnswered(7));

        assertThat(client.reply(6).hasPublished()).isTrue();
        Error error = client.reply(7).getError();
        assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
        assertThat(error.getMessage()).isEqualTo("at most 5 publishes of a connection a second");
        assertThat(error.getRetryable()).isTrue();
        assertThat(error.getRetryAfterMs()).isEqualTo(200);
        assertThat(engine.sessions.stats().rateLimitedTotal(Kind.PUBLISHES)).isEqualTo(1);
        assertThat(engine.sessions.stats().publishFailuresTotal()).isEqualTo(1);

        engine.advance(Duration.ofMillis(error.getRetryAfterMs()));
        client.publish(8, "t");
        engine.turnUntil(() -> client.isAnswered(8));
        assertThat(client.reply(8).hasPublished()).isTrue();
    }

    @Test
    void aPublishThatAsksForNoReplyIsToldIfItIsRefused() {
        Engine engine = engine(new RateConfig(0, 1, 0, 0, BURST));
        Reader client = new Reader(engine.sessions);
        client.publish(0, "t");
        client.publish(0, "t");
        engine.turnUntil(() -> client.isAnswered(0));
        assertThat(client.reply(0).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
    }

    @Test
    void anyCommandCountsButHeartbeatsAndConnect() {
        Engine engine = engine(new RateConfig(3, 0, 0, 0, BURST));
        Reader client = new Reader(engine.sessions);
        client.heartbeat();
        client.subscribe(2, "t");
        client.publish(3, "t");
        engine.turnUntil(() -> client.isAnswered(2));
        unsubscribe(client, 4);
        unsubscribe(client, 5);
        engine.turnUntil(() -> client.isAnswered(3) && client.isAnswered(5));

        assertThat(client.reply(1).hasConnected()).isTrue();
        assertThat(client.reply(2).hasSubscribed()).isTrue();
        assertThat(client.reply(4).hasUnsubscribed()).isTrue();
        assertThat(client.reply(5).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
        assertThat(engine.sessions.stats().rateLimitedTotal(Kind.COMMANDS)).isEqualTo(1);
    }

    @Test
    void heartbeatsBeyondOneASecondCountToo() {
        Engine engine = engine(new RateConfig(3, 0, 0, 0, BURST));
        Reader client = new Reader(engine.sessions);
        for (int i = 0; i < 50; i++) client.heartbeat();
        engine.turn();
        assertThat(engine.sessions.stats().rateLimitedTotal(Kind.COMMANDS)).isEqualTo(46);
        assertThat(client.reply(0).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);

        engine.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) client.heartbeat();
        engine.turn();
        assertThat(engine.sessions.stats().rateLimitedTotal(Kind.COMMANDS)).isEqualTo(46);
    }

    @Test
    void oneHeartbeatASecondIsFreeForWhoHasUsedUpAllElse() {
        Engine engine = engine(new RateConfig(1, 0, 0, 0, Duration.ofSeconds(1)));
        Reader client = new Reader(engine.sessions);
        for (int id = 2; id <= 10; id++) {
            unsubscribe(client, id);
            client.heartbeat();
            engine.turn();
            engine.advance(Duration.ofSeconds(1));
        }
        assertThat(engine.sessions.stats().rateLimitedTotal(Kind.COMMANDS)).isZero();
    }

    @Test
    void connectionsOfOneAddressShareWhatItMay() {
        Engine engine = engine(new RateConfig(0, 0, 0, 4, BURST));
        Reader one = new Reader(engine.sessions, "10.0.0.1");
        Reader two = new Reader(engine.sessions, "10.0.0.1");
        Reader other = new Reader(engine.sessions, "10.0.0.2");
        for (int id = 2; id <= 4; id++) one.publish(id, "t");
        for (int id = 2; id <= 4; id++) two.publish(id, "t");
        for (int id = 2; id <= 4; id++) other.publish(id, "t");
        engine.turnUntil(() -> one.isAnswered(4) && two.isAnswered(2) && two.isAnswered(4) && other.isAnswered(4));

        assertThat(one.reply(4).hasPublished()).isTrue();
        assertThat(two.reply(2).hasPublished()).isTrue();
        assertThat(two.reply(4).getError().getMessage()).isEqualTo("at most 4 publishes of an address a second");
        assertThat(other.reply(4).hasPublished()).isTrue();
        assertThat(engine.sessions.stats().rateLimitedTotal(Kind.IDENTITY_PUBLISHES))
                .isEqualTo(2);
    }

    @Test
    void connectingAgainDoesNotFillAnAddressesBucket() {
        Engine engine = engine(new RateConfig(0, 0, 2, 0, BURST));
        Reader first = new Reader(engine.sessions);
        for (int id = 2; id <= 3; id++) first.publish(id, "t");
        engine.turnUntil(() -> first.isAnswered(3));
        first.disconnect();
        engine.turn();
        Reader again = new Reader(engine.sessions);
        again.publish(2, "t");
        engine.turnUntil(() -> again.isAnswered(2));
        assertThat(again.reply(2).hasError()).isTrue();

        again.disconnect();
        engine.pass(BURST.plusMillis(100));
        Reader later = new Reader(engine.sessions);
        for (int id = 2; id <= 3; id++) later.publish(id, "t");
        engine.turnUntil(() -> later.isAnswered(3));
        assertThat(later.replies()).noneMatch(Reply::hasError);
    }

    @Test
    void whoFloodsAndReadsNoRefusalsIsNotReadAnyMore() {
        Engine engine = engine(new RateConfig(0, 1, 0, 0, BURST));
        Reader flooder = new Reader(engine.sessions);
        engine.turn();
        flooder.pause();
        long id = 2;
        for (; id < 100_000 && flooder.publish(id, "t"); id++) engine.turn();
        // 64 KiB of refusals, of some 60 bytes each.
        assertThat(id).isBetween(500L, 5_000L);

        int before = flooder.demands();
        flooder.goOn();
        engine.turnUntil(() -> flooder.demands() > before);
    }

    private static void unsubscribe(Reader client, long id) {
        client.send(Command.newBuilder()
                .setId(id)
                .setUnsubscribe(Unsubscribe.newBuilder().setTopic("t")));
    }

    private Engine engine(RateConfig rates) {
        SessionLimits limits = new SessionLimits(FOREVER, FOREVER, Duration.ZERO, 128 << 10, 1_000, 65_536, 100, rates);
        SessionConfig config = new SessionConfig(new HeartbeatConfig(FOREVER, FOREVER), limits);
        return new Engine(backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT, config);
    }
}
