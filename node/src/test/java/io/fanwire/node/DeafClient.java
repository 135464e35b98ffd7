package io.fanwire.node;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageLite;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Subscribe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** Subscribes over a plain socket and reads nothing: TCP acknowledges until its buffers are full. */
public final class DeafClient implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 8 << 10;
    private static final int TIMEOUT_MILLIS = 20_000;

    private static final int MOST_PUBLISHES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket = new Socket();
    private final String topic;

    private DeafClient(String topic) {
        this.topic = topic;
    }

    public static DeafClient subscribe(int port, String topic) {
        DeafClient client = new DeafClient(topic);
        try {
            client.socket.setReceiveBufferSize(RECEIVE_BUFFER);
            client.socket.setSoTimeout(TIMEOUT_MILLIS);
            client.socket.connect(new InetSocketAddress("127.0.0.1", port));
            client.shakeHands();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.send(Command.newBuilder().setId(1).setConnect(Connect.getDefaultInstance()));
        client.send(Command.newBuilder()
                .setId(2)
                .setSubscribe(Subscribe.newBuilder().setTopic(topic)));
        return client;
    }

    /** It is deaf, not dumb. */
    public void sayThatItIsThere() {
        send(Command.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    }

    /** Publishes to its topic until its socket takes no more. Says all the while that it is there. */
    public void fillUp(TestNode node) {
        fillUp(node.port(), node::metric);
    }

    /**
     * The same for any node.
     *
     * @param metrics its meters by name
     */
    public void fillUp(int port, ToDoubleFunction<String> metrics) {
        await().atMost(PATIENCE).until(() -> metrics.applyAsDouble("fanwire_subscriptions") == 1);
        String text = "x".repeat(60_000);
        try (RawClient publisher = RawClient.connect(port)) {
            int id = 2;
            for (; id < MOST_PUBLISHES && metrics.applyAsDouble("fanwire_write_stalls_total") == 0; id++) {
                publisher.publish(id, topic, text);
                sayThatItIsThere();
            }
            // Perhaps it took that one a moment later: what comes now fills whatever there is.
            for (int end = id + 50; id < end; id++) publisher.publish(id, topic, text);
            sayThatItIsThere();
        }
    }

    /** Reads what still is in the buffers, to the end of the connection; there must be one. Returns whether it is a reset. */
    public boolean isReset() {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return false;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection has no end", e);
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shakeHands() throws IOException {
        String request = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: ZmFud2lyZS1sb2FkLTAwMQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: fanwire.v1.protobuf\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) throw new IOException("no handshake: " + answer);
            answer.append((char) next);
        }
    }

    private void send(Command.Builder command) {
        MessageLite frame = ClientFrame.newBuilder().addCommands(command).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x82);
        // Masked, with zeros: the protocol wants a mask, and nobody is to be protected.
        bytes.write(0x80 | frame.getSerializedSize());
        bytes.writeBytes(new byte[4]);
        bytes.writeBytes(frame.toByteArray());
        try {
            socket.getOutputStream().write(bytes.toByteArray());
        } catch (IOException e) {
            // The node has closed it.
            return;
        }
    }
}
