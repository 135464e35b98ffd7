package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What attacks do to a server that does what its test says. */
@Timeout(60)
class AttackTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket each : accepted) each.close();
    }

    @Test
    void aBurstEndsWhenEachHasItsAnswer() throws Exception {
        serve(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 503 Busy\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
        });
        Attack attack = attack(Manner.BURST, 300, LONG);
        assertThat(attack.awaitEnd(LONG)).isTrue();
        assertThat(attack.book().outcome()).startsWith("300 made in ").endsWith(" s: HTTP/1.1 503 Busy × 300");
    }

    @Test
    void idleOnesThatAreThrownOutComeAgain() throws Exception {
        serve(Socket::close);
        Attack attack = attack(Manner.IDLE, 5, LONG);
        await().until(() -> accepted.size() > 10);
        attack.close();
        assertThat(attack.awaitEnd(LONG)).isTrue();
        assertThat(attack.book().outcome()).contains("thrown out").contains("closed × ");
    }

    @Test
    void slowHandshakesSendAByteASecond() throws Exception {
        Queue<Integer> bytes = new ConcurrentLinkedQueue<>();
        serve(socket -> new Thread(() -> readInto(bytes, socket)).start());
        Attack attack = attack(Manner.SLOW_HANDSHAKE, 1, LONG);
        await().until(() -> bytes.size() >= 3);
        assertThat(List.copyOf(bytes).subList(0, 3)).containsExactly((int) 'G', (int) 'E', (int) 'T');
        attack.close();
        assertThat(attack.awaitEnd(LONG)).isTrue();
    }

    @Test
    void isOverWhenItsTimeIs() throws Exception {
        serve(socket -> {});
        Attack attack = attack(Manner.IDLE, 20, Duration.ofSeconds(3));
        assertThat(attack.awaitEnd(LONG)).isTrue();
        assertThat(attack.book().outcome()).startsWith("20 made in ").contains("thrown out 0");
        for (Socket each : accepted) assertThat(each.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        server.close();
        Attack attack = attack(Manner.BURST, 3, LONG);
        assertThat(attack.awaitEnd(LONG)).isTrue();
        assertThat(attack.book().outcome()).endsWith("Connection refused × 3");
    }

    private Attack attack(Manner manner, int count, Duration time) {
        URI url = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
        Attack attack = new Attack(List.of(url), new Deed.Attack(manner, count, time));
        attack.begin();
        return attack;
    }

    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    private void serve(Answer answer) {
        Thread thread = new Thread(() -> accept(answer), "attacked");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Answer answer) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.add(socket);
                answer.to(socket);
            } catch (IOException e) {
                // The test is over, or the attacker is gone.
            }
        }
    }

    private static void readInto(Queue<Integer> bytes, Socket socket) {
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) bytes.add(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
