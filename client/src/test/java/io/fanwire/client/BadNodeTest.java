package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import org.junit.jupiter.api.Test;

/** A node that breaks the protocol costs its connection, and nothing else. */
final class BadNodeTest extends ClientFixture {
    @Test
    void leavesANodeThatSendsGarbage() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.send(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3});
        assertThat(life.next(Disconnection.class).reason()).contains("breaks the protocol");
        goesOn();
    }

    @Test
    void leavesANodeThatSendsTooMuch() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.send(new byte[Limits.MAX_SERVER_FRAME_BYTES + 1]);
        assertThat(life.next(Disconnection.class).reason()).contains("more than " + Limits.MAX_SERVER_FRAME_BYTES);
        goesOn();
    }

    @Test
    void leavesANodeThatSendsText() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.sendText("{}");
        assertThat(life.next(Disconnection.class).reason()).contains("text message");
        goesOn();
    }

    @Test
    void leavesANodeWithAnOffsetBeyondAllNumbers() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.send(Wire.publication(7, -1, "?"));
        assertThat(life.next(Disconnection.class).reason()).contains("breaks the protocol");
        goesOn();
    }

    @Test
    void ignoresAReplyThatNobodyWaitsFor() throws Exception {
        Peer peer = subscribed(connect(), 1, 0);
        peer.reply(io.fanwire.protocol.v1.Command.newBuilder().setId(4_711).build(), Wire.published(1, 1));
        peer.send(Wire.publication(7, 1, "still here"));
        assertThat(heard.next()).isEqualTo("still here");
    }

    private void goesOn() throws Exception {
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        peer.send(Wire.publication(7, 1, "fine again"));
        assertThat(heard.next()).isEqualTo(new Position(1, 0));
        assertThat(heard.next()).isEqualTo("fine again");
    }
}
