package io.fanwire.node;

import static io.fanwire.node.RawClient.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do wrong: each gets a clear answer, and a bystander goes on undisturbed. */
class BadInputTest {
    private static final String TOPIC = "bad:input";

    private final TestNode node = TestNode.start();
    private final RawClient bystander = RawClient.connect(node.port());

    @BeforeEach
    void bystanderSubscribes() {
        assertThat(bystander.subscribe(2, TOPIC).hasSubscribed()).isTrue();
    }

    @AfterEach
    void bystanderIsUntouched() {
        try (RawClient publisher = RawClient.connect(node.port())) {
            assertThat(publisher.publish(2, TOPIC, "still here").hasPublished()).isTrue();
            Event event = bystander.await(Event::hasPublication);
            assertThat(event.getPublication().getText()).isEqualTo("still here");
            assertThat(node.metric("fanwire_lane_failures_total")).isZero();
        } finally {
            bystander.close();
            node.close();
        }
    }

    @Test
    void garbageBytesCloseTheConnection() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.sendBytes(new byte[] {(byte) 0xff, 1, 2, 3});
            assertThat(client.closeCode()).isEqualTo(CloseReason.MALFORMED_FRAME.code());
        }
    }

    @Test
    void textThatIsNotUtf8ClosesTheConnection() {
        try (RawClient client = RawClient.connect(node.port())) {
            ByteString subscribe = ByteString.copyFrom(new byte[] {10, 7, 8, 2, 26, 3, 10, 1, (byte) 0xff});
            client.sendBytes(subscribe.toByteArray());
            assertThat(client.closeCode()).isEqualTo(CloseReason.MALFORMED_FRAME.code());
        }
    }

    @Test
    void aTextMessageClosesTheConnection() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.sendText("{\"id\":1}");
            assertThat(client.closeCode()).isEqualTo(CloseReason.UNEXPECTED_TEXT.code());
        }
    }

    @Test
    void aCommandBeforeConnectClosesTheConnection() {
        try (RawClient client = RawClient.open(node.port())) {
            client.send(command(1).setSubscribe(Subscribe.newBuilder().setTopic(TOPIC)));
            assertThat(client.closeCode()).isEqualTo(CloseReason.CONNECT_EXPECTED.code());
        }
    }

    @Test
    void connectingTwiceClosesTheConnection() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.send(command(2).setConnect(Connect.getDefaultInstance()));
            assertThat(client.closeCode()).isEqualTo(CloseReason.CONNECT_EXPECTED.code());
        }
    }

    @Test
    void tooManyCommandsInOneFrameCloseTheConnection() {
        try (RawClient client = RawClient.connect(node.port())) {
            ClientFrame.Builder frame = ClientFrame.newBuilder();
            for (int i = 0; i <= Limits.MAX_COMMANDS_PER_FRAME; i++) {
                frame.addCommands(command(0).setHeartbeat(Heartbeat.getDefaultInstance()));
            }
            client.sendBytes(frame.build().toByteArray());
            assertThat(client.closeCode()).isEqualTo(CloseReason.TOO_MANY_COMMANDS.code());
        }
    }

    @Test
    void anOversizedFrameClosesTheConnection() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.sendBytes(new byte[Limits.MAX_CLIENT_FRAME_BYTES + 1]);
            assertThat(client.closeCode()).isEqualTo(CloseReason.MESSAGE_TOO_BIG.code());
            assertThat(node.metric("fanwire_connections_closed_total{reason=\"MESSAGE_TOO_BIG\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aNodeMayTakeLessThanTheProtocolAllows() {
        try (TestNode strict =
                        TestNode.start("FANWIRE_LIMITS_FRAME_BYTES", "1024", "FANWIRE_LIMITS_COMMANDS_PER_FRAME", "2");
                RawClient large = RawClient.connect(strict.port());
                RawClient pieces = RawClient.connect(strict.port());
                RawClient many = RawClient.connect(strict.port())) {
            large.sendBytes(new byte[1025]);
            pieces.sendFragment(new byte[600], false);
            pieces.sendFragment(new byte[600], false);
            Command.Builder heartbeat = command(0).setHeartbeat(Heartbeat.getDefaultInstance());
            many.send(heartbeat, heartbeat, heartbeat);

            assertThat(large.closeCode()).isEqualTo(CloseReason.MESSAGE_TOO_BIG.code());
            assertThat(pieces.closeCode()).isEqualTo(CloseReason.MESSAGE_TOO_BIG.code());
            assertThat(many.closeCode()).isEqualTo(CloseReason.TOO_MANY_COMMANDS.code());
        }
    }

    @Test
    void aNodeSaysHowMuchItTakes() {
        try (TestNode strict =
                        TestNode.start("FANWIRE_LIMITS_FRAME_BYTES", "1024", "FANWIRE_LIMITS_COMMANDS_PER_FRAME", "2");
                RawClient client = RawClient.open(strict.port())) {
            client.send(command(1).setConnect(Connect.getDefaultInstance()));
            Connected told = client.reply(1).getConnected();
            assertThat(told.getMaxFrameBytes()).isEqualTo(1_024);
            assertThat(told.getMaxCommandsPerFrame()).isEqualTo(2);
        }
    }

    @Test
    void moreErrorsThanFitIntoOneFrameAllArrive() {
        String topic = "long:" + "x".repeat(150);
        try (RawClient client = RawClient.connect(node.port())) {
            client.subscribe(2, topic);
            Command.Builder[] again = new Command.Builder[Limits.MAX_COMMANDS_PER_FRAME / 2];
            for (int i = 0; i < again.length; i++) {
                again[i] = command(10 + i).setSubscribe(Subscribe.newBuilder().setTopic(topic));
            }
            client.send(again);
            client.send(again);
            assertError(client.reply(9 + again.length), ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED);
            assertError(client.reply(9 + again.length), ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED);
        }
    }

    @Test
    void anUnknownCommandIsAnErrorWithItsId() {
        try (RawClient client = RawClient.connect(node.port())) {
            // Field 15 of Command, which this version does not have.
            client.sendBytes(new byte[] {10, 4, 8, 9, 15 << 3 | 2, 0});
            assertError(client.reply(9), ErrorCode.ERROR_CODE_UNKNOWN_COMMAND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", ":x", "x:", "ü"})
    void aTopicThatBreaksTheGrammarIsAnError(String topic) {
        try (RawClient client = RawClient.connect(node.port())) {
            assertError(client.subscribe(2, topic), ErrorCode.ERROR_CODE_BAD_TOPIC);
            assertError(client.publish(3, topic, "hi"), ErrorCode.ERROR_CODE_BAD_TOPIC);
            assertError(client.unsubscribe(4, topic), ErrorCode.ERROR_CODE_NOT_SUBSCRIBED);
        }
    }

    @Test
    void subscribingTwiceIsAnErrorAndTheFirstGoesOn() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.subscribe(2, TOPIC);
            assertError(client.subscribe(3, TOPIC), ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED);
            client.publish(4, TOPIC, "once");
            assertThat(bystander.await(Event::hasPublication).getPublication().getText())
                    .isEqualTo("once");
        }
    }

    @Test
    void unsubscribingFromAnUnknownTopicIsAnError() {
        try (RawClient client = RawClient.connect(node.port())) {
            assertError(client.unsubscribe(2, TOPIC), ErrorCode.ERROR_CODE_NOT_SUBSCRIBED);
        }
    }

    @Test
    void anOversizedPayloadIsAnError() {
        try (RawClient client = RawClient.connect(node.port())) {
            Reply reply = client.publish(2, TOPIC, "x".repeat(Limits.MAX_PAYLOAD_BYTES + 1));
            assertError(reply, ErrorCode.ERROR_CODE_PAYLOAD_TOO_LARGE);
            assertThat(reply.getError().getMessage())
                    .isEqualTo("a payload has at most 65536 bytes, this one has 65537");
        }
    }

    @Test
    void aPublishWithoutPayloadIsAnError() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.send(command(2).setPublish(Publish.newBuilder().setTopic(TOPIC)));
            assertError(client.reply(2), ErrorCode.ERROR_CODE_BAD_COMMAND);
        }
    }

    @Test
    void anEndlessIdempotencyKeyIsAnError() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.send(command(2)
                    .setPublish(
                            Publish.newBuilder().setTopic(TOPIC).setText("hi").setIdempotencyKey("k".repeat(10_000))));
            assertError(client.reply(2), ErrorCode.ERROR_CODE_BAD_COMMAND);
        }
    }

    @Test
    void aSubscribeWithoutIdIsAnError() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.send(command(0).setSubscribe(Subscribe.newBuilder().setTopic(TOPIC)));
            assertError(client.reply(0), ErrorCode.ERROR_CODE_BAD_COMMAND);
        }
    }

    @Test
    void aFailedPublishWithoutIdIsToldAllTheSame() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.send(command(0)
                    .setPublish(Publish.newBuilder().setTopic("not a topic").setText("hi")));
            assertError(client.reply(0), ErrorCode.ERROR_CODE_BAD_TOPIC);
        }
    }

    @Test
    void anEndlessClientNameIsAnError() {
        try (RawClient client = RawClient.open(node.port())) {
            client.send(command(1).setConnect(Connect.newBuilder().setClient("x".repeat(101))));
            assertError(client.reply(1), ErrorCode.ERROR_CODE_BAD_COMMAND);
        }
    }

    @Test
    void aWrongSubprotocolIsRefusedWithTheRightOne() {
        assertHandshakeRefused(handshake("chat"));
        assertHandshakeRefused(handshake(null));
    }

    @Test
    void aPlainGetOnTheWebSocketPathSaysWhatToDo() {
        HttpResponse<String> response = node.get(node.port(), "/ws");
        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(response.body())
                .isEqualTo("this is a WebSocket endpoint: connect with the subprotocol fanwire.v1.protobuf\n");
    }

    private static void assertError(Reply reply, ErrorCode code) {
        Error error = reply.getError();
        assertThat(error.getCode()).isEqualTo(code);
        assertThat(error.getMessage()).isNotBlank();
        assertThat(error.getRetryable()).isFalse();
    }

    private WebSocket.Builder handshake(String subprotocol) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        return subprotocol == null ? builder : builder.subprotocols(subprotocol);
    }

    private void assertHandshakeRefused(WebSocket.Builder handshake) {
        assertThatThrownBy(() -> handshake
                        .buildAsync(URI.create(node.url()), new WebSocket.Listener() {})
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(400));
    }
}
