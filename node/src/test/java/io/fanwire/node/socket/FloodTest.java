package io.fanwire.node.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.RawClient;
import io.fanwire.node.TestNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send what needs no answer, as fast as they can: the node reads, and serves the others as well. */
class FloodTest {
    private static final int FLOODERS = 4;
    private static final int CHUNK_FRAMES = 10_000;

    private final TestNode node = TestNode.start();
    private final List<Flooder> flooders = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Flooder flooder : flooders) flooder.close();
        node.close();
    }

    /** The first byte of a frame: a pong, an empty piece of a binary message that never ends. */
    @ParameterizedTest
    @ValueSource(ints = {0x8A, 0x00})
    void aFloodDoesNotKeepOthersWaiting(int firstByte) throws Exception {
        for (int i = 0; i < FLOODERS; i++) flooders.add(new Flooder(firstByte));
        othersAreServed();
        assertThat(flooders).allMatch(Flooder::isAlive);
    }

    @Test
    void requestsWithoutEndEndTheConnection() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", node.port())) {
            String request = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.repeat(3).getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).containsOnlyOnce("HTTP/1.1 404").containsIgnoringCase("Connection: close");
        }
    }

    private void othersAreServed() {
        for (int i = 0; i < 5; i++) {
            try (RawClient other = RawClient.connect(node.port())) {
                assertThat(other.subscribe(2, "still:served").hasSubscribed()).isTrue();
                assertThat(other.publish(3, "still:served", "hi").hasPublished())
                        .isTrue();
            }
        }
    }

    /** Sends one kind of frame until it is closed, or the node closes the connection. */
    private final class Flooder implements AutoCloseable {
        private final Socket socket = new Socket("127.0.0.1", node.port());
        private final Thread thread;

        Flooder(int firstByte) throws IOException {
            socket.getOutputStream()
                    .write(("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: ZmFud2lyZS1sb2FkLTAwMQ==\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Protocol: fanwire.v1.protobuf\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] first = {0x02, (byte) 0x80, 0, 0, 0, 0};
            // Pieces need a message to be pieces of.
            if (firstByte == 0) socket.getOutputStream().write(first);
            thread = new Thread(() -> flood(firstByte), "flooder");
            thread.start();
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public void close() throws Exception {
            socket.close();
            thread.join();
        }

        private void flood(int firstByte) {
            byte[] frames = new byte[6 * CHUNK_FRAMES];
            for (int i = 0; i < frames.length; i += 6) {
                frames[i] = (byte) firstByte;
                frames[i + 1] = (byte) 0x80;
            }
            try {
                while (true) socket.getOutputStream().write(frames);
            } catch (IOException e) {
                // The test is over.
            }
        }
    }
}
