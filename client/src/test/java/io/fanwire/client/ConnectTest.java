package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.v1.ErrorCode;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ConnectTest extends ClientFixture {
    @Test
    void tellsWhereItIsConnected() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        ConnectionInfo info = life.next(ConnectionInfo.class);
        assertThat(info.url()).isEqualTo(node.url());
        assertThat(info.nodeId()).isEqualTo(node.id);
        assertThat(info.sessionId()).isEqualTo("s1");
        assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void saysWhoItIs() throws Exception {
        connect(options(node).clientName("tester").token("secret"));
        var connect = get(node.accept().connect);
        assertThat(connect.getClient()).isEqualTo("tester");
        assertThat(connect.getToken()).isEqualTo("secret");
    }

    @Test
    void returnsAtOnceWhenNoNodeAnswers() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect();
        node.accept();
        assertThat(client.state()).isEqualTo(ClientState.CONNECTING);
        assertThat(client.ready().toCompletableFuture()).isNotDone();
    }

    @Test
    void givesUpAConnectionWhoseConnectIsNotAnswered() throws Exception {
        node.answersConnect = false;
        connect(options(node).connectTimeout(Duration.ofMillis(200)));
        Disconnection disconnection = life.next(Disconnection.class);
        assertThat(disconnection.reason()).contains("no answer within 200 ms");
        assertThat(disconnection.wasConnected()).isFalse();
        assertThat(disconnection.willReconnect()).isTrue();
    }

    @Test
    void givesUpAServerThatNeverAnswersTheHandshake() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            URI url = URI.create("ws://127.0.0.1:" + mute.getLocalPort() + "/ws");
            connect(ClientOptions.builder(url.toString())
                    .connectTimeout(Duration.ofMillis(200))
                    .listener(life));
            assertThat(life.next(Disconnection.class).willReconnect()).isTrue();
        }
    }

    @Test
    void goesOnAfterARefusedHandshake() throws Exception {
        node.refuseWithStatus = 404;
        connect();
        Disconnection refused = life.next(Disconnection.class);
        assertThat(refused.reason()).contains("HTTP 404");
        assertThat(refused.willReconnect()).isTrue();
        node.refuseWithStatus = 0;
        node.accept();
    }

    @Test
    void goesOnAfterAServerWithoutTheSubprotocol() throws Exception {
        node.subprotocol = "";
        connect();
        Disconnection refused = life.next(Disconnection.class);
        assertThat(refused.reason()).contains("fanwire.v1.protobuf");
        assertThat(refused.willReconnect()).isTrue();
    }

    @Test
    void triesTheNextNodeEachTime() throws Exception {
        ScriptedNode second = startAnotherNode();
        ScriptedNode third = startAnotherNode();
        Set<String> seen = new HashSet<>();
        connect(options(node, second, third));
        for (int i = 0; i < 3; i++) {
            ConnectionInfo info = life.next(ConnectionInfo.class);
            seen.add(info.nodeId());
            ScriptedNode current =
                    info.nodeId().equals(node.id) ? node : info.nodeId().equals(second.id) ? second : third;
            current.accept().cut();
            life.next(Disconnection.class);
        }
        assertThat(seen).containsExactlyInAnyOrder(node.id, second.id, third.id);
    }

    @Test
    void findsTheOneNodeThatIsThere() throws Exception {
        ScriptedNode gone = startAnotherNode();
        gone.close();
        FanwireClient client = connect(options(gone, node));
        get(client.ready());
    }

    /** The JDK loses the end of a stream that comes together with data; see {@link Probe}. */
    @Test
    void noticesANodeThatIsGoneRightAfterAFrame() throws Exception {
        connect();
        for (int i = 0; i < 10; i++) {
            life.next(ConnectionInfo.class);
            node.accept().cut();
            assertThat(life.next(Disconnection.class).closeCode()).isEqualTo(1006);
        }
    }

    @Test
    void reconnectsAfterARestart() throws Exception {
        connect();
        life.next(ConnectionInfo.class);
        node.accept().close(1012, "back soon");
        Disconnection restart = life.next(Disconnection.class);
        assertThat(restart.closeCode()).isEqualTo(1012);
        assertThat(restart.reason()).isEqualTo("back soon");
        assertThat(restart.wasConnected()).isTrue();
        life.next(ConnectionInfo.class);
    }

    @Test
    void stopsAfterAFinalCloseCode() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        life.next(ConnectionInfo.class);
        var publish = client.publish(TOPIC, "never answered");
        Subscription subscription = client.subscribe(TOPIC, heard);
        node.accept().close(4500, "not a frame");
        Disconnection disconnection = life.next(Disconnection.class);
        assertThat(disconnection.closeCode()).isEqualTo(4500);
        assertThat(disconnection.willReconnect()).isFalse();
        ClientClosedException why = life.next(ClientClosedException.class);
        assertThat(why.closeCode()).isEqualTo(4500);
        assertThat(why).hasMessageContaining("not a frame");
        assertThat(failure(publish)).isSameAs(why);
        assertThat(failure(subscription.ready())).isSameAs(why);
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(node.attempts).hasValue(1);
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() throws Exception {
        CountDownLatch told = new CountDownLatch(2);
        FanwireClient client = connect(options(node).listener(new ClientListener() {
            @Override
            public void onConnected(ConnectionInfo connection) {
                throw new IllegalStateException("listener");
            }

            @Override
            public void onError(Throwable error) {
                told.countDown();
                throw new IllegalStateException("again");
            }
        }));
        get(client.ready());
        node.accept().cut();
        assertThat(told.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsWhatFailedWithoutACaller() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        life.next(ConnectionInfo.class);
        assertThat(client.publishAndForget(TOPIC, "hi")).isTrue();
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_BAD_TOPIC, "no such thing", false));
        assertThat(life.next(FanwireException.class).code()).isEqualTo(ErrorCode.ERROR_CODE_BAD_TOPIC);
    }
}
