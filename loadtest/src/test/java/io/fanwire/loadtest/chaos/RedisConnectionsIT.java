package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fanwire.loadtest.scenario.ScenarioException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** On a real Redis, with clients of the test's own and no node. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisConnectionsIT {
    private static final String CHANNEL = "connections-it";
    private static final String LIMIT = "client-output-buffer-limit";

    private ProcessCluster cluster;
    private RedisConnections connections;

    @BeforeAll
    void start() {
        cluster = ProcessCluster.start(0, new PrintStream(OutputStream.nullOutputStream(), true));
        connections = new RedisConnections(cluster);
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void killedConnectionsEndAndAreCounted() throws IOException {
        try (Socket socket = connect()) {
            subscribe(socket);
            assertThat(connections.kill(ConnectionType.PUBSUB)).isEqualTo(1);
            drain(socket);
        }
    }

    @Test
    void anOverflownConnectionIsClosedAndTheLimitIsAsBefore() throws IOException {
        List<String> limit = cluster.redis("CONFIG", "GET", LIMIT);
        try (Socket socket = connect();
                Socket one = connect();
                Socket other = connect()) {
            subscribe(socket);
            // Redis reads 16 KiB of each at once, and makes more than that of them.
            Stream.of(one, other).forEach(each -> new Thread(() -> publish(each)).start());
            assertThat(connections.overflow(ConnectionType.PUBSUB)).isEqualTo(1);
            drain(socket);
        }
        assertThat(cluster.redis("CONFIG", "GET", LIMIT)).isEqualTo(limit);
    }

    @Test
    void withoutTrafficNothingOverflows() throws IOException {
        List<String> limit = cluster.redis("CONFIG", "GET", LIMIT);
        try (Socket socket = connect()) {
            subscribe(socket);
            assertThatThrownBy(() -> connections.overflow(ConnectionType.PUBSUB))
                    .isInstanceOf(ScenarioException.class)
                    .hasMessageContaining("too little traffic");
        }
        assertThat(cluster.redis("CONFIG", "GET", LIMIT)).isEqualTo(limit);
    }

    private Socket connect() throws IOException {
        return new Socket(
                "127.0.0.1",
                Integer.parseInt(cluster.redis("CONFIG", "GET", "port").get(1)));
    }

    private void subscribe(Socket socket) throws IOException {
        say(socket, "SUBSCRIBE " + CHANNEL);
        await().until(() -> cluster.redis("PUBSUB", "CHANNELS").contains(CHANNEL));
    }

    /** One command after the other without waiting for any answer, until the socket is closed. */
    private static void publish(Socket socket) {
        String message = "x".repeat(20);
        try {
            while (true) say(socket, ("PUBLISH " + CHANNEL + " " + message + "\r\n").repeat(50));
        } catch (IOException e) {
            return; // as it is meant to end
        }
    }

    /** Until its end. */
    private static void drain(Socket socket) throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // A reset is an end, too.
            return;
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
