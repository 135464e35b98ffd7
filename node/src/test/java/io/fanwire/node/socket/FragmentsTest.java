package io.fanwire.node.socket;

import static io.fanwire.node.RawClient.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.RawClient;
import io.fanwire.node.TestNode;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Subscribe;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages may come in any number of WebSocket frames, RFC 6455 section 5.4. */
class FragmentsTest {
    private final TestNode node = TestNode.start();
    private final RawClient client = RawClient.connect(node.port());

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void aMessageInPiecesIsOneMessage() {
        byte[] message = subscribe(2);
        for (int i = 0; i < message.length; i++) {
            client.sendFragment(Arrays.copyOfRange(message, i, i + 1), i == message.length - 1);
        }
        assertThat(client.reply(2).hasSubscribed()).isTrue();
        client.sendBytes(subscribe(3));
        assertThat(client.reply(3).hasError()).isTrue();
    }

    @Test
    void anEmptyPieceChangesNothing() {
        client.sendFragment(new byte[0], false);
        client.sendFragment(subscribe(2), false);
        client.sendFragment(new byte[0], true);
        assertThat(client.reply(2).hasSubscribed()).isTrue();
    }

    @Test
    void aPingBetweenThePiecesIsAnswered() {
        byte[] message = subscribe(2);
        client.sendFragment(Arrays.copyOf(message, 3), false);
        assertThat(client.ping("between")).isEqualTo("between");
        client.sendFragment(Arrays.copyOfRange(message, 3, message.length), true);
        assertThat(client.reply(2).hasSubscribed()).isTrue();
    }

    @Test
    void aMessageInOnePieceMayBeTooBig() {
        client.sendBytes(new byte[Limits.MAX_CLIENT_FRAME_BYTES + 1]);
        assertThat(client.closeCode()).isEqualTo(CloseReason.MESSAGE_TOO_BIG.code());
    }

    @Test
    void piecesThatAreTooMuchTogetherCloseTheConnection() {
        byte[] half = new byte[Limits.MAX_CLIENT_FRAME_BYTES / 2 + 1];
        client.sendFragment(half, false);
        client.sendFragment(half, false);
        assertThat(client.closeCode()).isEqualTo(CloseReason.MESSAGE_TOO_BIG.code());
        assertThat(node.metric("fanwire_connections_closed_total{reason=\"MESSAGE_TOO_BIG\"}"))
                .isEqualTo(1);
    }

    private static byte[] subscribe(long id) {
        Subscribe subscribe = Subscribe.newBuilder().setTopic("in:pieces").build();
        return ClientFrame.newBuilder()
                .addCommands(command(id).setSubscribe(subscribe))
                .build()
                .toByteArray();
    }
}
