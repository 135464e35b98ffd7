package io.fanwire.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.wire.WireServer;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Position;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import io.fanwire.protocol.v1.Subscribed;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A subscriber of one topic, and a node that says what a test wants it to say. */
@Timeout(30)
class SubscriberTest {
    private static final int BINARY = 2;
    private static final int TOPIC_ID = 7;
    private static final long EPOCH = 5;

    private final AtomicLong delivered = new AtomicLong();
    private final WireServer node;
    private final LoadLoop loop = new LoadLoop("test");
    private final Subscriber subscriber;

    SubscriberTest() throws Exception {
        node = new WireServer();
        URI url = URI.create("ws://127.0.0.1:" + node.address().getPort() + "/ws");
        Door door = new Door(new Targets(List.of(url), List.of(), List.of()));
        subscriber = new Subscriber(loop, door, 0, List.of("t"), 0);
    }

    @BeforeEach
    void subscribe() throws Exception {
        loop.loop().execute(subscriber::connect);
        letIn(EPOCH, 10);
    }

    @AfterEach
    void closeAll() throws Exception {
        loop.close();
        node.close();
    }

    @Test
    void whatComesInOrderIsDelivered() throws Exception {
        say(publication(11), publication(12));
        await().until(() -> loop.take(0).delivered() == 2);
        assertThat(count("silent") + count("missed") + count("duplicates")).isZero();
    }

    @Test
    void aHoleWithoutAWordIsALossInSilence() throws Exception {
        say(publication(11), publication(14));
        await().until(() -> count("silent") == 2);
        say(publication(15), gap(EPOCH, 19, 20));
        await().until(() -> count("silent") == 5);
        assertThat(count("missed")).isEqualTo(2);
    }

    @Test
    void aGapIsToldAndNotLostInSilence() throws Exception {
        say(gap(EPOCH, 11, 13), publication(14));
        await().until(() -> loop.take(0).delivered() == 1);
        assertThat(count("missed")).isEqualTo(3);
        assertThat(count("silent")).isZero();
    }

    @Test
    void whatComesAgainIsADuplicate() throws Exception {
        say(publication(11), publication(11), publication(12));
        await().until(() -> count("duplicates") == 1);
        assertThat(count("silent")).isZero();
    }

    @Test
    void aNewEpochStartsAnew() throws Exception {
        say(publication(11), gap(EPOCH + 1, 1, 0), publication(1), publication(2));
        await().until(() -> count("epochs") == 1);
        awaitDelivered(3);
        assertThat(count("silent") + count("missed")).isZero();
    }

    @Test
    void whoIsThrownOutComesBackAndKnowsWhatItMissed() throws Exception {
        say(publication(11));
        node.hangUp();
        letIn(EPOCH, 15);
        assertThat(count("missed")).isEqualTo(4);
        assertThat(loop.totals().failures()).containsEntry("1006 the connection ended without a close frame", 1L);
        say(publication(16));
        awaitDelivered(2);
        assertThat(count("silent")).isZero();
    }

    @Test
    void whoIsThrownOutHasEndedEvenIfItDoesNotComeBack() throws Exception {
        loop.on(() -> {
            subscriber.comesBack(false);
            return true;
        });
        node.hangUp();
        await().until(() -> loop.tally().ready() == 0);
        assertThat(loop.take(0).ended()).isEqualTo(1);
    }

    @Test
    void whoLeavesHasNotEndedUnasked() throws Exception {
        loop.on(() -> {
            subscriber.leave();
            return true;
        });
        node.hangUp();
        await().until(() -> loop.tally().ready() == 0);
        assertThat(loop.take(0).ended()).isZero();
        assertThat(loop.totals().failures()).isEmpty();
    }

    @Test
    void whatNeverComesIsKnownByWhatWasAcknowledged() throws Exception {
        say(publication(11));
        awaitDelivered(1);
        assertThat(behind(EPOCH, 11)).isZero();
        assertThat(behind(EPOCH, 14)).isEqualTo(3);
        assertThat(behind(EPOCH + 1, 14))
                .as("of another epoch nothing is known")
                .isZero();
    }

    @Test
    void aDuplicateIsNoDelivery() throws Exception {
        say(publication(11), publication(11), publication(12));
        awaitDelivered(2);
        assertThat(count("duplicates")).isEqualTo(1);
    }

    @Test
    void aRefusalThatMayPassIsTriedAgain() throws Exception {
        node.hangUp();
        node.accept();
        node.say(WireServer.SWITCHING);
        say(reply(Reply.newBuilder().setId(1).setConnected(Connected.getDefaultInstance())));
        say(reply(Reply.newBuilder()
                .setId(2)
                .setError(Error.newBuilder().setRetryable(true).setMessage("busy"))));
        await().until(() -> loop.totals().failures().containsKey("subscribe: busy"));
        say(subscribed(EPOCH, 10));
        await().until(() -> loop.tally().ready() == 1);
        assertThat(count("refused subscriptions")).isZero();
    }

    @Test
    void whoSaysNothingIsTakenForDead() throws Exception {
        node.hangUp();
        node.accept();
        node.say(WireServer.SWITCHING);
        say(reply(Reply.newBuilder()
                .setId(1)
                .setConnected(Connected.newBuilder().setHeartbeatIntervalMs(50).setHeartbeatTimeoutMs(50))));
        await().until(() -> loop.totals().failures().containsKey("nothing heard for 0 s"));
    }

    @Test
    void whoLosesItsConnectionIsBackAndThenCaughtUp() throws Exception {
        say(publication(11));
        loop.loop().execute(subscriber::lose);
        letIn(EPOCH, 11);
        await().until(() -> count("back") == 1);
        say(publicationOf(12, 0));
        say(publication(13));
        await().until(() -> count("caught up") == 1);
        assertThat(loop.totals().latencies().get("back").getTotalCount()).isEqualTo(1);
        assertThat(loop.totals().failures()).isEmpty();
    }

    private void letIn(long epoch, long offset) throws Exception {
        node.accept();
        node.say(WireServer.SWITCHING);
        say(
                reply(Reply.newBuilder().setId(1).setConnected(Connected.getDefaultInstance())),
                reply(Reply.newBuilder()
                        .setId(2)
                        .setSubscribed(Subscribed.newBuilder()
                                .setTopicId(TOPIC_ID)
                                .setPosition(
                                        Position.newBuilder().setEpoch(epoch).setOffset(offset)))));
        await().until(() -> loop.tally().ready() == 1);
    }

    private void say(Event... events) throws Exception {
        byte[] frame =
                ServerFrame.newBuilder().addAllEvents(List.of(events)).build().toByteArray();
        node.frame(BINARY, true, frame).sendInPieces(new Random(1), 1_000);
    }

    private void awaitDelivered(long count) {
        await().until(() -> delivered.addAndGet(loop.take(0).delivered()) == count);
    }

    private long behind(long epoch, long offset) {
        return loop.on(() -> subscriber.behind(Map.of("t", new io.fanwire.protocol.Position(epoch, offset))));
    }

    private static Event subscribed(long epoch, long offset) {
        return reply(Reply.newBuilder()
                .setId(2)
                .setSubscribed(Subscribed.newBuilder()
                        .setTopicId(TOPIC_ID)
                        .setPosition(Position.newBuilder().setEpoch(epoch).setOffset(offset))));
    }

    private long count(String name) {
        return loop.totals().counts().getOrDefault(name, 0L);
    }

    private static Event reply(Reply.Builder reply) {
        return Event.newBuilder().setReply(reply).build();
    }

    private static Event publication(long offset) {
        return publicationOf(offset, WallClock.nanos());
    }

    private static Event publicationOf(long offset, long due) {
        byte[] payload = ByteBuffer.allocate(Payload.HEADER_BYTES).putLong(due).array();
        return Event.newBuilder()
                .setPublication(Publication.newBuilder()
                        .setTopicId(TOPIC_ID)
                        .setOffset(offset)
                        .setBinary(ByteString.copyFrom(payload)))
                .build();
    }

    private static Event gap(long epoch, long from, long to) {
        return Event.newBuilder()
                .setGap(Gap.newBuilder()
                        .setTopicId(TOPIC_ID)
                        .setEpoch(epoch)
                        .setFromOffset(from)
                        .setToOffset(to))
                .build();
    }
}
