package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.ServerFrame;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SubscribeTest extends ClientFixture {
    @Test
    void isReadyWhenTheNodeHasConfirmed() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        Command subscribe = peer.next();
        assertThat(subscription.ready().toCompletableFuture()).isNotDone();
        peer.reply(subscribe, Wire.subscribed(7, 1, 41));
        assertThat(get(subscription.ready())).isEqualTo(new Position(1, 41));
        assertThat(heard.next()).isEqualTo(new Position(1, 41));
    }

    @Test
    void deliversMessagesInOrder() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.send(Wire.publication(7, 1, "a"), Wire.publication(7, 2, "b"));
        peer.send(Wire.publication(7, 3, "c"));
        assertThat(heard.next()).isEqualTo("a");
        assertThat(heard.next()).isEqualTo("b");
        assertThat(heard.next()).isEqualTo("c");
    }

    @Test
    void aMessageSaysWhereAndWhenItWasPublished() throws Exception {
        CompletableFuture<Message> got = new CompletableFuture<>();
        connect().subscribe(TOPIC, got::complete);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 9, 4);
        peer.send(Wire.publication(7, 5, "hé"));
        Message message = get(got);
        assertThat(message.topic()).isEqualTo(TOPIC);
        assertThat(message.position()).isEqualTo(new Position(9, 5));
        assertThat(message.publishedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L, 5_000));
        assertThat(message.isText()).isTrue();
        assertThat(message.payload()).containsExactly('h', 0xc3, 0xa9);
    }

    @Test
    void putsFragmentsTogether() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        String large = "x".repeat(60_000);
        byte[] frame = ServerFrame.newBuilder()
                .addEvents(Wire.publication(7, 1, large))
                .addEvents(Wire.publication(7, 2, large))
                .build()
                .toByteArray();
        peer.sendFragments(frame, 7_000);
        assertThat(heard.next()).isEqualTo(large);
        assertThat(heard.next()).isEqualTo(large);
    }

    @Test
    void dropsDuplicates() throws Exception {
        Peer peer = subscribed(connect(), 1, 5);
        peer.send(Wire.publication(7, 5, "old"), Wire.publication(7, 6, "new"), Wire.publication(7, 6, "again"));
        peer.send(Wire.publication(7, 7, "newer"));
        assertThat(heard.next()).isEqualTo("new");
        assertThat(heard.next()).isEqualTo("newer");
    }

    @Test
    void countsTheDuplicatesThatItDrops() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 5);
        assertThat(heard.next()).isEqualTo(new Position(1, 5));
        peer.send(Wire.publication(7, 5, "old"), Wire.publication(7, 6, "new"), Wire.publication(7, 6, "again"));
        peer.send(Wire.gap(7, 1, 7, 8, Gap.Reason.REASON_TOO_SLOW), Wire.publication(7, 8, "told to be missing"));
        peer.send(Wire.publication(7, 9, "the last"));
        assertThat(heard.next()).isEqualTo("new");
        assertThat(heard.next(GapInfo.class).missing()).isEqualTo(2);
        assertThat(heard.next()).isEqualTo("the last");
        assertThat(subscription.duplicates()).isEqualTo(3);
    }

    @Test
    void tellsAHoleThatTheNodeDidNotExplain() throws Exception {
        Peer peer = subscribed(connect(), 1, 5);
        peer.send(Wire.publication(7, 9, "later"));
        assertThat(heard.next()).isEqualTo(new GapInfo(TOPIC, 1, 6, 8, GapInfo.Reason.UNEXPLAINED));
        assertThat(heard.next()).isEqualTo("later");
    }

    @Test
    void passesOnTheNodesGaps() throws Exception {
        Peer peer = subscribed(connect(), 1, 5);
        peer.send(Wire.gap(7, 1, 6, 8, Gap.Reason.REASON_TOO_SLOW), Wire.publication(7, 9, "later"));
        assertThat(heard.next()).isEqualTo(new GapInfo(TOPIC, 1, 6, 8, GapInfo.Reason.TOO_SLOW));
        assertThat(heard.next()).isEqualTo("later");
    }

    @Test
    void followsANewEpochWithinAConnection() throws Exception {
        Peer peer = subscribed(connect(), 1, 500);
        peer.send(Wire.gap(7, 2, 1, 0, Gap.Reason.REASON_EPOCH_CHANGED), Wire.publication(7, 1, "first again"));
        GapInfo gap = heard.next(GapInfo.class);
        assertThat(gap.reason()).isEqualTo(GapInfo.Reason.EPOCH_CHANGED);
        assertThat(gap.missing()).isZero();
        assertThat(heard.next()).isEqualTo("first again");
    }

    @Test
    void ignoresTopicsAndEventsItDoesNotKnow() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.send(
                Event.getDefaultInstance(),
                Wire.publication(99, 1, "not mine"),
                Wire.gap(99, 1, 2, 3, Gap.Reason.REASON_TOO_SLOW),
                Wire.publication(7, 1, "mine"));
        assertThat(heard.next()).isEqualTo("mine");
    }

    @Test
    void subscribesAgainAfterAReconnect() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        first.cut();
        Peer second = node.accept();
        second.confirmSubscribe(TOPIC, 3, 1, 5);
        second.send(Wire.publication(3, 6, "on the new connection"));
        assertThat(heard.next()).isEqualTo(new Position(1, 5));
        assertThat(heard.next()).isEqualTo("on the new connection");
    }

    @Test
    void tellsWhatItMissedBetweenTwoConnections() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        first.send(Wire.publication(7, 6, "seen"));
        assertThat(heard.next()).isEqualTo("seen");
        first.cut();
        node.accept().confirmSubscribe(TOPIC, 7, 1, 9);
        assertThat(heard.next()).isEqualTo(new GapInfo(TOPIC, 1, 7, 9, GapInfo.Reason.CONNECTION_LOST));
        assertThat(heard.next()).isEqualTo(new Position(1, 9));
    }

    @Test
    void tellsANewEpochAfterAReconnect() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        first.cut();
        node.accept().confirmSubscribe(TOPIC, 7, 2, 3);
        assertThat(heard.next()).isEqualTo(new GapInfo(TOPIC, 2, 1, 3, GapInfo.Reason.EPOCH_CHANGED));
        assertThat(heard.next()).isEqualTo(new Position(2, 3));
    }

    @Test
    void aNodeThatIsBehindRepeatsNothing() throws Exception {
        Peer first = subscribed(connect(), 1, 5);
        first.cut();
        Peer behind = node.accept();
        behind.confirmSubscribe(TOPIC, 7, 1, 3);
        behind.send(Wire.publication(7, 4, "seen"), Wire.publication(7, 5, "seen"), Wire.publication(7, 6, "new"));
        assertThat(heard.next()).isEqualTo(new Position(1, 3));
        assertThat(heard.next()).isEqualTo("new");
    }

    @Test
    void unsubscribingStopsTheMessages() throws Exception {
        FanwireClient client = connect();
        Subscription subscription = client.subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        heard.next(Position.class);
        var left = subscription.unsubscribe();
        Command unsubscribe = peer.next();
        assertThat(unsubscribe.getUnsubscribe().getTopic()).isEqualTo(TOPIC);
        peer.send(Wire.publication(7, 1, "too late"));
        peer.reply(unsubscribe, Wire.unsubscribed());
        get(left);
        get(subscription.unsubscribe());
        assertThat(heard.isEmpty()).isTrue();
    }

    @Test
    void unsubscribesFromWithinAListener() throws Exception {
        FanwireClient client = connect();
        AtomicReference<Subscription> self = new AtomicReference<>();
        self.set(client.subscribe(TOPIC, message -> {
            heard.onMessage(message);
            self.get().unsubscribe();
        }));
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(self.get().ready());
        peer.send(Wire.publication(7, 1, "the last"), Wire.publication(7, 2, "one too many"));
        Command unsubscribe = peer.next();
        peer.reply(unsubscribe, Wire.unsubscribed());
        get(self.get().unsubscribe());
        assertThat(heard.next()).isEqualTo("the last");
        assertThat(heard.isEmpty()).isTrue();
    }

    @Test
    void unsubscribingIsDoneWhenTheConnectionIsLost() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(subscription.ready());
        var left = subscription.unsubscribe();
        peer.next();
        peer.cut();
        get(left);
    }

    @Test
    void unsubscribingBeforeItIsReadyCancels() throws Exception {
        node.answersConnect = false;
        Subscription subscription = connect().subscribe(TOPIC, heard);
        get(subscription.unsubscribe());
        assertThat(failure(subscription.ready())).isInstanceOf(CancellationException.class);
    }

    @Test
    void subscribesAnewAfterUnsubscribing() throws Exception {
        FanwireClient client = connect();
        Subscription first = client.subscribe(TOPIC, message -> {});
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(first.ready());
        first.unsubscribe();
        client.subscribe(TOPIC, heard);
        Command unsubscribe = peer.next();
        peer.send(Wire.publication(7, 1, "between"));
        peer.reply(unsubscribe, Wire.unsubscribed());
        peer.confirmSubscribe(TOPIC, 7, 1, 1);
        peer.send(Wire.publication(7, 2, "after"));
        assertThat(heard.next()).isEqualTo(new Position(1, 1));
        assertThat(heard.next()).isEqualTo("after");
    }

    @Test
    void subscribesAnewIfTheNodeKnowsOfNoSubscription() throws Exception {
        FanwireClient client = connect();
        Subscription first = client.subscribe(TOPIC, message -> {});
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(first.ready());
        first.unsubscribe();
        Subscription second = client.subscribe(TOPIC, heard);
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_NOT_SUBSCRIBED, "no", false));
        peer.confirmSubscribe(TOPIC, 8, 1, 1);
        get(second.ready());
    }

    @Test
    void whoLeavesWhileTheOneBeforeIsLeavingEndsWithIt() throws Exception {
        FanwireClient client = connect();
        Subscription first = client.subscribe(TOPIC, message -> {});
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(first.ready());
        first.unsubscribe();
        Subscription second = client.subscribe(TOPIC, heard);
        var left = second.unsubscribe();
        Subscription third = client.subscribe(TOPIC, heard);
        peer.reply(peer.next(), Wire.unsubscribed());
        get(left);
        peer.confirmSubscribe(TOPIC, 8, 1, 1);
        get(third.ready());
        assertThat(peer.hasNoCommandWaiting()).isTrue();
    }

    @Test
    void refusesASecondSubscriptionOfATopic() throws Exception {
        FanwireClient client = connect();
        subscribed(client, 1, 0);
        Recorder other = new Recorder();
        Subscription second = client.subscribe(TOPIC, other);
        assertThat(other.next(FanwireException.class).code()).isEqualTo(ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED);
        assertThat(failure(second.ready())).isInstanceOf(FanwireException.class);
    }

    @Test
    void tellsARefusalForGood() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_LIMIT_REACHED, "100 topics", false));
        assertThat(heard.next(FanwireException.class)).hasMessage("100 topics");
        assertThat(failure(subscription.ready())).hasMessage("100 topics");
    }

    @Test
    void triesAgainAfterARefusalThatMayPass() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE, "no Redis", true));
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(subscription.ready());
    }

    @Test
    void aListenerThatThrowsGetsTheNextMessage() throws Exception {
        connect().subscribe(TOPIC, message -> {
            heard.onMessage(message);
            throw new IllegalStateException("cannot take " + message.text());
        });
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        peer.send(Wire.publication(7, 1, "a"), Wire.publication(7, 2, "b"));
        assertThat(heard.next()).isEqualTo("a");
        assertThat(heard.next()).isEqualTo("b");
        life.next(ConnectionInfo.class);
        assertThat(life.next(IllegalStateException.class)).hasMessage("cannot take a");
        assertThat(life.next(IllegalStateException.class)).hasMessage("cannot take b");
    }

    @Test
    void saysAtTheCallThatATopicBreaksTheGrammar() {
        FanwireClient client = connect();
        assertThatThrownBy(() -> client.subscribe("no spaces", heard))
                .isInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("index 2");
    }
}
