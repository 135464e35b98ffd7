package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.client.GapInfo.Reason;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Since;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Positions: asked for, answered, handed out and taken back. */
final class ResumeTest extends ClientFixture {
    @Test
    void theFirstSubscribeAsksForNoPosition() throws Exception {
        connect().subscribe(TOPIC, heard);
        assertThat(node.accept().next().getSubscribe().hasSince()).isFalse();
    }

    @Test
    void goesOnBehindTheLastMessageOnAnotherNode() throws Exception {
        ScriptedNode other = startAnotherNode();
        FanwireClient client = connect(options(node, other));
        client.subscribe(TOPIC, heard);
        boolean isFirst = life.next(ConnectionInfo.class).nodeId().equals(node.id);
        Peer first = (isFirst ? node : other).accept();
        first.confirmSubscribe(TOPIC, 7, 1, 5);
        first.send(Wire.publication(7, 6, "six"));
        assertThat(heard.next(2)).containsExactly(new Position(1, 5), "six");
        first.cut();
        Peer second = (isFirst ? other : node).accept();
        answer(second, new Position(1, 6), Wire.resumed(3, 1, 6));
        second.send(Wire.publication(3, 7, "seven"));
        assertThat(heard.next(2)).containsExactly(new Position(1, 6), "seven");
    }

    @Test
    void asksBehindWhatItWasToldToBeMissing() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        first.send(Wire.gap(7, 1, 6, 9, Gap.Reason.REASON_CONFLATED));
        assertThat(heard.next()).isEqualTo(new GapInfo(TOPIC, 1, 6, 9, Reason.CONFLATED));
        leave(first);
        answer(node.accept(), new Position(1, 9), Wire.resumed(7, 1, 9));
        assertThat(heard.next()).isEqualTo(new Position(1, 9));
    }

    @Test
    void tellsWhatTheNodeCouldNotBring() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        leave(first);
        answer(node.accept(), new Position(1, 5), Wire.subscribed(7, 1, 9));
        assertThat(heard.next(2))
                .containsExactly(new GapInfo(TOPIC, 1, 6, 9, Reason.CONNECTION_LOST), new Position(1, 9));
    }

    @Test
    void tellsWhatTheHistoryHasNotAnyMore() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        leave(first);
        Peer second = node.accept();
        answer(second, new Position(1, 5), Wire.resumed(7, 1, 5));
        second.send(Wire.gap(7, 1, 6, 8, Gap.Reason.REASON_HISTORY_EXCEEDED), Wire.publication(7, 9, "nine"));
        assertThat(heard.next(3))
                .containsExactly(new Position(1, 5), new GapInfo(TOPIC, 1, 6, 8, Reason.HISTORY_EXCEEDED), "nine");
    }

    @Test
    void followsAnEpochThatGoesOn() throws Exception {
        FanwireClient client = connect();
        Peer first = subscribed(client, 1, 5);
        first.send(Wire.gap(7, 2, 6, 5, Gap.Reason.REASON_EPOCH_CONTINUED), Wire.publication(7, 6, "six"));
        assertThat(heard.next(2)).containsExactly(new GapInfo(TOPIC, 2, 6, 5, Reason.EPOCH_CONTINUED), "six");
        leave(first);
        Peer second = node.accept();
        answer(second, new Position(2, 6), Wire.resumed(7, 3, 6));
        second.send(Wire.publication(7, 7, "seven"));
        assertThat(heard.next(3))
                .containsExactly(new GapInfo(TOPIC, 3, 7, 6, Reason.EPOCH_CONTINUED), new Position(3, 6), "seven");
        client.close();
        assertThat(client.positions()).isEqualTo(Map.of(TOPIC, new Position(3, 7)));
    }

    @Test
    void anEpochThatGoesOnIsGoneOnInWithoutAMessage() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        first.send(Wire.gap(7, 2, 6, 5, Gap.Reason.REASON_EPOCH_CONTINUED), Wire.HEARTBEAT);
        first.next(); // the answer to the heartbeat: the gap has been read
        leave(first);
        answer(node.accept(), new Position(2, 5), Wire.resumed(7, 2, 5));
        assertThat(heard.next(2))
                .containsExactly(new GapInfo(TOPIC, 2, 6, 5, Reason.EPOCH_CONTINUED), new Position(2, 5));
    }

    @Test
    void tellsAnEpochThatDoesNotGoOn() throws Exception {
        Peer first = subscribed(connect(), 1, 500);
        leave(first);
        Peer second = node.accept();
        answer(second, new Position(1, 500), Wire.subscribed(7, 2, 490));
        second.send(Wire.publication(7, 491, "another 491"));
        assertThat(heard.next(3))
                .containsExactly(
                        new GapInfo(TOPIC, 2, 1, 490, Reason.EPOCH_CHANGED), new Position(2, 490), "another 491");
    }

    @Test
    void goesBackWhenItsPositionIsLost() throws Exception {
        Peer first = subscribed(connect(), 1, 500);
        leave(first);
        Peer second = node.accept();
        answer(second, new Position(1, 500), Wire.positionLost(7, 1, 490));
        second.send(Wire.publication(7, 491, "another 491"));
        assertThat(heard.next(3))
                .containsExactly(
                        new GapInfo(TOPIC, 1, 491, 490, Reason.POSITION_LOST), new Position(1, 490), "another 491");
    }

    @Test
    void asksAgainWhenANodeThatIsBehindTellsOfANewEpoch() throws Exception {
        Peer first = subscribed(connect(), 1, 100);
        leave(first);
        Peer behind = node.accept();
        answer(behind, new Position(1, 100), Wire.subscribed(7, 1, 90));
        behind.send(
                Wire.publication(7, 91, "seen"),
                Wire.gap(7, 2, 92, 91, Gap.Reason.REASON_EPOCH_CONTINUED),
                Wire.publication(7, 92, "seen, or another?"));
        Command unsubscribe = behind.next();
        assertThat(unsubscribe.getUnsubscribe().getTopic()).isEqualTo(TOPIC);
        behind.reply(unsubscribe, Wire.unsubscribed());
        answer(behind, new Position(1, 100), Wire.subscribed(8, 2, 91));
        behind.send(Wire.publication(8, 92, "another"));
        assertThat(heard.next(4))
                .containsExactly(
                        new Position(1, 90),
                        new GapInfo(TOPIC, 2, 1, 91, Reason.EPOCH_CHANGED),
                        new Position(2, 91),
                        "another");
    }

    @Test
    void keepsItsPositionOverErrorsThatMayPass() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        leave(first);
        Peer second = node.accept();
        answer(second, new Position(1, 5), Wire.error(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE, "no Redis", true));
        answer(second, new Position(1, 5), Wire.resumed(7, 1, 5));
        assertThat(heard.next()).isEqualTo(new Position(1, 5));
    }

    @Test
    void aPositionThatIsRefusedForGoodEndsTheSubscription() throws Exception {
        FanwireClient client = connect();
        client.subscribe(TOPIC, Start.after(new Position(0, 1)), heard);
        Peer peer = node.accept();
        answer(peer, new Position(0, 1), Wire.error(ErrorCode.ERROR_CODE_BAD_COMMAND, "no epoch 0", false));
        assertThat(heard.next(FanwireException.class).code()).isEqualTo(ErrorCode.ERROR_CODE_BAD_COMMAND);
        client.close();
        assertThat(client.positions()).isEmpty();
    }

    @Test
    void startsWhereItIsTold() throws Exception {
        FanwireClient client = connect();
        Peer peer = node.accept();
        assertThat(asked(client, peer, "a", Start.beginning()).getBeginning()).isTrue();
        assertThat(asked(client, peer, "b", Start.last(3)).getLast()).isEqualTo(3);
        assertThat(asked(client, peer, "c", Start.since(Instant.ofEpochSecond(1, 2_000)))
                        .getTimeUs())
                .isEqualTo(1_000_002);
        assertThat(asked(client, peer, "d", Start.since(Instant.MIN)).getTimeUs())
                .isZero();
        assertThat(asked(client, peer, "e", Start.since(Instant.MAX)).getTimeUs())
                .isPositive();
        assertThat(asked(client, peer, "f", Start.after(new Position(4, 2))).getPosition())
                .isEqualTo(Wire.position(4, 2));
        assertThatThrownBy(() -> Start.last(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStartCountsUntilTheFirstConfirmationOnly() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, Start.beginning(), heard);
        assertThat(subscription.position()).isEmpty();
        Peer first = node.accept();
        assertThat(first.next().getSubscribe().getSince().getBeginning()).isTrue();
        leave(first);
        Peer second = node.accept();
        Command again = second.next();
        assertThat(again.getSubscribe().getSince().getBeginning()).isTrue();
        second.reply(again, Wire.subscribed(7, 1, 5));
        assertThat(heard.next()).isEqualTo(new Position(1, 5));
        leave(second);
        answer(node.accept(), new Position(1, 5), Wire.resumed(7, 1, 5));
        assertThat(heard.next()).isEqualTo(new Position(1, 5));
    }

    @Test
    void aTopicWithoutHistoryHasNoBeginning() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, Start.beginning(), heard);
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_NO_HISTORY, "none", false));
        assertThat(heard.next(FanwireException.class).code()).isEqualTo(ErrorCode.ERROR_CODE_NO_HISTORY);
        assertThat(failure(subscription.ready())).isInstanceOf(FanwireException.class);
    }

    @Test
    void anUnknownNamespaceIsRefused() throws Exception {
        connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_UNKNOWN_NAMESPACE, "news", false));
        assertThat(heard.next(FanwireException.class).code()).isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_NAMESPACE);
    }

    @Test
    void handsItsPositionsOutAndTakesThemBack() throws Exception {
        FanwireClient before = connect();
        Peer peer = subscribed(before, 1, 5);
        peer.send(Wire.publication(7, 6, "six"));
        assertThat(heard.next()).isEqualTo("six");
        before.close();
        String written = before.positions().get(TOPIC).toString();

        FanwireClient after = connect();
        Subscription subscription = after.subscribe(TOPIC, Start.after(Position.parse(written)), heard);
        assertThat(after.positions()).isEqualTo(Map.of(TOPIC, new Position(1, 6)));
        Peer next = node.accept();
        answer(next, new Position(1, 6), Wire.resumed(7, 1, 6));
        next.send(Wire.publication(7, 7, "seven"));
        assertThat(heard.next(2)).containsExactly(new Position(1, 6), "seven");
        after.close();
        assertThat(subscription.position()).contains(new Position(1, 7));
    }

    @Test
    void aMessageCountsOnlyWhenItsListenerIsDone() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        FanwireClient client = connect();
        client.subscribe(TOPIC, message -> {
            entered.countDown();
            await(leave);
        });
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 5);
        peer.send(Wire.publication(7, 6, "six"));
        await(entered);
        assertThat(client.positions()).isEqualTo(Map.of(TOPIC, new Position(1, 5)));
        leave.countDown();
        client.close();
        assertThat(client.positions()).isEqualTo(Map.of(TOPIC, new Position(1, 6)));
    }

    @Test
    void positionsAreThoseOfPresentSubscriptions() throws Exception {
        FanwireClient client = connect();
        Subscription left = client.subscribe("left", Start.after(new Position(1, 1)), heard);
        client.subscribe("kept", Start.after(new Position(1, 2)), heard);
        client.subscribe("new", heard);
        left.unsubscribe();
        assertThat(client.positions()).isEqualTo(Map.of("kept", new Position(1, 2)));
        assertThat(left.position()).contains(new Position(1, 1));
    }

    private static Since asked(FanwireClient client, Peer peer, String topic, Start start) throws Exception {
        client.subscribe(topic, start, message -> {});
        return peer.next().getSubscribe().getSince();
    }

    /** Takes a subscribe command that asks for what is behind this position. */
    private static void answer(Peer peer, Position asked, Reply.Builder reply) throws Exception {
        Command command = peer.next();
        assertThat(command.getSubscribe().getSince().getPosition())
                .isEqualTo(Wire.position(asked.epoch(), asked.offset()));
        peer.reply(command, reply);
    }

    /** Not cut: the JDK takes seconds to notice an end that comes right behind data. */
    private static void leave(Peer peer) {
        peer.close(1012, "");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
