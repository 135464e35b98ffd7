package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.v1.Disconnect;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A node that sends a client away says when to come back, and is believed. */
final class GoodbyeTest extends ClientFixture {
    private static final Duration HINT = Duration.ofMillis(350);

    private static Event goodbye(int code, long millis) {
        Disconnect disconnect = Disconnect.newBuilder()
                .setCode(code)
                .setReason("see you")
                .setRetryAfterMs((int) millis)
                .build();
        return Event.newBuilder().setDisconnect(disconnect).build();
    }

    @Test
    void comesBackWhenTheNodeSaid() throws Exception {
        connect();
        life.next(ConnectionInfo.class);
        Peer peer = node.accept();
        long start = System.nanoTime();
        peer.send(goodbye(1012, HINT.toMillis()));
        peer.close(1012, "see you");
        Disconnection left = life.next(Disconnection.class);
        assertThat(left.closeCode()).isEqualTo(1012);
        assertThat(left.retryIn()).isEqualTo(HINT);
        node.accept();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(HINT);
    }

    @Test
    void comesBackWhenTheNodeSaidThoughTheConnectionBroke() throws Exception {
        connect();
        life.next(ConnectionInfo.class);
        Peer peer = node.accept();
        peer.send(Wire.HEARTBEAT, goodbye(4005, HINT.toMillis()));
        assertThat(peer.next().hasHeartbeat()).isTrue(); // so it has read the goodbye as well
        peer.cut();
        assertThat(life.next(Disconnection.class).retryIn()).isEqualTo(HINT);
        node.accept();
    }

    @Test
    void leavesByItselfIfTheCloseDoesNotFollow() throws Exception {
        connect();
        life.next(ConnectionInfo.class);
        node.accept().send(goodbye(1012, HINT.toMillis()));
        Disconnection left = life.next(Disconnection.class);
        assertThat(left.retryIn()).isEqualTo(HINT);
        assertThat(left.reason()).contains("see you");
        node.accept();
    }

    @Test
    void goesToTheOtherNode() throws Exception {
        ScriptedNode other = startAnotherNode();
        connect(options(node, other));
        String first = life.next(ConnectionInfo.class).nodeId();
        ScriptedNode leaving = first.equals(node.id) ? node : other;
        Peer peer = leaving.accept();
        peer.send(goodbye(1012, 0));
        peer.close(1012, "see you");
        life.next(Disconnection.class);
        assertThat(life.next(ConnectionInfo.class).nodeId()).isNotEqualTo(first);
    }

    @Test
    void publishesOnTheNextNodeWhatThisOneDidNotAnswer() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        var published = client.publish(TOPIC, "hi");
        Peer peer = node.accept();
        String key = peer.next().getPublish().getIdempotencyKey();
        peer.send(goodbye(1012, 1));
        peer.close(1012, "see you");
        Peer next = node.accept();
        var again = next.next();
        assertThat(again.getPublish().getIdempotencyKey()).isEqualTo(key);
        next.reply(again, Wire.published(1, 1));
        assertThat(get(published).offset()).isEqualTo(1);
    }

    @Test
    void dropsWhatItCannotRepeatAndSaysSo() throws Exception {
        BlockingQueue<Boolean> sent = new LinkedBlockingQueue<>();
        FanwireClient client = connect();
        client.subscribe(TOPIC, message -> sent.add(client.publishAndForget(TOPIC, message.text())));
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        life.next(ConnectionInfo.class);
        // In one frame: the first publish is handed to the loop before the goodbye is read, and sent after.
        peer.send(Wire.publication(7, 1, "a"), goodbye(1012, 60_000), Wire.publication(7, 2, "b"));
        FanwireException error = life.next(FanwireException.class);
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_OVERLOADED);
        assertThat(error.retryable()).isTrue();
        assertThat(sent).containsExactly(true, false);
        life.next(Disconnection.class);
        assertThat(peer.hasNoCommandWaiting()).isTrue();
    }

    @Test
    void aWishBeyondAMinuteIsCut() throws Exception {
        connect();
        life.next(ConnectionInfo.class);
        Peer peer = node.accept();
        peer.send(goodbye(1012, 0xffff_ffffL));
        peer.close(1012, "see you");
        assertThat(life.next(Disconnection.class).retryIn()).isEqualTo(Duration.ofMinutes(1));
    }
}
