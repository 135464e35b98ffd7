package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Disconnect;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionLeaveTest {
    private static final Duration WAIT = Duration.ofMillis(250);
    private static final ClientFrame FLOOD = flood();

    private final HeldPublishes backplane = new HeldPublishes(new LocalBackplane(Namespaces.DEFAULT));
    private final Engine engine = new Engine(backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT);

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void aClientIsToldBeforeItIsClosed() {
        Reader client = connected();
        leave(1, CloseReason.SERVICE_RESTART);

        Disconnect told = last(client).getDisconnect();
        assertThat(told.getCode()).isEqualTo(1012);
        assertThat(told.getReason()).isEqualTo(CloseReason.SERVICE_RESTART.text());
        assertThat(told.getRetryAfterMs()).isEqualTo((int) WAIT.toMillis());
        assertThat(client.closedFor()).isEqualTo(CloseReason.SERVICE_RESTART);
        assertThat(closed(CloseReason.SERVICE_RESTART)).isEqualTo(1);
    }

    @Test
    void publishesUnderWayAreAnsweredFirst() {
        Reader client = connected();
        backplane.hold();
        client.publish(2, "t", "late");
        engine.turn();
        leave(1, CloseReason.REBALANCE);
        assertThat(client.closedFor()).isNull();

        backplane.letGo();
        engine.turnUntil(() -> client.closedFor() != null);
        assertThat(client.reply(2).hasPublished()).isTrue();
        assertThat(last(client).getDisconnect().getCode()).isEqualTo(4005);
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForLongerThanTwoSeconds() {
        Reader client = connected();
        backplane.hold();
        client.publish(2, "t", "never");
        engine.turn();
        leave(1, CloseReason.SERVICE_RESTART);

        pass(Duration.ofMillis(1_900));
        assertThat(client.closedFor()).isNull();
        pass(Duration.ofMillis(200));
        assertThat(last(client).hasDisconnect()).isTrue();
        assertThat(client.closedFor()).isEqualTo(CloseReason.SERVICE_RESTART);
    }

    @Test
    void whatComesAfterItWasToldToLeaveIsIgnoredAndNotAcknowledged() {
        Reader client = connected();
        backplane.hold();
        client.publish(2, "t", "before");
        engine.turn();
        leave(1, CloseReason.SERVICE_RESTART);
        client.publish(3, "t", "after");
        engine.turn();
        backplane.letGo();
        engine.turnUntil(() -> client.closedFor() != null);

        assertThat(client.isAnswered(3)).isFalse();
        assertThat(engine.sessions.stats().publishedTotal()).isEqualTo(1);
    }

    @Test
    void publishesThatAskForNoAnswerAreToldToBeLost() {
        Reader client = connected();
        backplane.hold();
        client.publish(2, "t", "before");
        engine.turn();
        leave(1, CloseReason.SERVICE_RESTART);
        client.publish(0, "t", "lost");
        client.heartbeat();
        client.publish(0, "t", "lost as well");
        engine.turn();
        assertThat(lost(client)).isEqualTo(2);
        assertThat(client.reply(0).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_OVERLOADED);
        assertThat(client.reply(0).getError().getRetryable()).isTrue();

        backplane.letGo();
        engine.turnUntil(() -> client.closedFor() != null);
        client.publish(0, "t", "behind the last event");
        engine.turn();
        assertThat(lost(client)).isEqualTo(2);
        assertThat(last(client).hasDisconnect()).isTrue();
        assertThat(engine.sessions.stats().publishedTotal()).isEqualTo(1);
    }

    @Test
    void aClientThatReadsNotWhatItLosesIsNotReadFromUntilTheFarewell() {
        Reader client = connected();
        backplane.hold();
        client.publish(2, "t", "before");
        engine.turn();
        leave(1, CloseReason.SERVICE_RESTART);
        client.pause();
        for (boolean more = true; more; ) {
            more = client.send(FLOOD);
            engine.turn();
        }
        assertThat(client.demands()).isZero();

        pass(Duration.ofMillis(2_100));
        assertThat(client.demands()).isEqualTo(1);
    }

    @Test
    void aClientThatTakesNothingIsClosedAndCutAllTheSame() {
        Reader client = connected();
        client.subscribe(2, "t");
        engine.turnUntil(() -> client.isAnswered(2));
        client.pause();
        engine.publish("t", "unread");
        engine.turnUntil(() -> engine.lane.stats().deliveries() == 1);
        leave(1, CloseReason.SERVICE_RESTART);
        assertThat(client.closedFor()).isNull();

        pass(Duration.ofMillis(1_100));
        assertThat(client.closedFor()).isEqualTo(CloseReason.SERVICE_RESTART);
        pass(Duration.ofMillis(1_100));
        assertThat(client.isAborted()).isTrue();
        assertThat(engine.sessions.stats().sessions()).isZero();
        assertThat(engine.lane.stats().subscriptions()).isZero();
    }

    @Test
    void noMoreLeaveThanAreAskedToAndNoneTwice() {
        List<Reader> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) clients.add(connected());
        leave(4, CloseReason.REBALANCE);
        assertThat(engine.sessions.alive()).isEqualTo(6);
        leave(4, CloseReason.REBALANCE);
        assertThat(engine.sessions.alive()).isEqualTo(2);
        assertThat(clients).filteredOn(each -> each.closedFor() == null).hasSize(2);
        leave(100, CloseReason.REBALANCE);
        assertThat(engine.sessions.alive()).isZero();
        assertThat(closed(CloseReason.REBALANCE)).isEqualTo(10);
    }

    private static ClientFrame flood() {
        Command publish = Command.newBuilder()
                .setPublish(Publish.newBuilder().setTopic("t").setText("hi"))
                .build();
        return ClientFrame.newBuilder()
                .addAllCommands(Collections.nCopies(1_000, publish))
                .build();
    }

    private Reader connected() {
        Reader client = new Reader(engine.sessions);
        engine.turnUntil(() -> client.isAnswered(1));
        return client;
    }

    private void leave(int count, CloseReason reason) {
        engine.sessions.leave(count, reason, () -> WAIT);
        engine.turn();
    }

    private void pass(Duration time) {
        engine.advance(time);
        engine.turn();
    }

    private long closed(CloseReason reason) {
        return engine.sessions.stats().closedTotal(reason);
    }

    private static long lost(Reader client) {
        return client.replies().stream().filter(reply -> reply.getId() == 0).count();
    }

    private static Event last(Reader client) {
        return client.events().get(client.events().size() - 1);
    }
}
