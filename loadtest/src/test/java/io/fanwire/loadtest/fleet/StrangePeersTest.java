package io.fanwire.loadtest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.result.Json;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partners that freeze, go, lie, or are none. */
@Timeout(30)
class StrangePeersTest {
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Targets TARGETS = new Targets(List.of(URI.create("ws://x/ws")), List.of(), List.of());
    private static final String HELLO = "{\"say\":\"hello\",\"version\":" + Message.VERSION + "}\n";

    private final Queue<String> remarks = new ConcurrentLinkedQueue<>();
    private final Fleet fleet = Fleet.listen("127.0.0.1", 0, SHORT, remarks::add);
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        fleet.close();
        for (Socket socket : sockets) socket.close();
    }

    @Test
    void aFrozenWorkerEndsTheRun() throws Exception {
        connect(HELLO);
        fleet.awaitWorkers(1, LONG, () -> {});
        assertThatThrownBy(() -> fleet.prepare(List.of(), TARGETS))
                .hasMessageMatching("the worker at 127.0.0.1:\\d+ is lost: nothing heard for 500 ms")
                .extracting(StrangePeersTest::fault)
                .isEqualTo(Fault.TOOL);
    }

    @Test
    void aWorkerThatGoesEndsTheRun() throws Exception {
        Socket socket = connect(HELLO);
        fleet.awaitWorkers(1, LONG, () -> {});
        socket.shutdownOutput();
        assertThatThrownBy(() -> fleet.prepare(List.of(), TARGETS)).hasMessageEndingWith(" is lost: it has gone");
    }

    @Test
    void strangersAreNoWorkers() throws Exception {
        connect("");
        connect("GET / HTTP/1.1\r\n\r\n");
        connect("{\"say\":\"alive\"}\n{\"say\":\"ready\"}\n");
        assertThatThrownBy(() -> fleet.awaitWorkers(1, A_SECOND, () -> {}))
                .hasMessage("only 0 of 1 workers have joined within 1 s")
                .extracting(StrangePeersTest::fault)
                .isEqualTo(Fault.TOOL);
        connect(HELLO);
        fleet.awaitWorkers(1, LONG, () -> {});
    }

    @Test
    void aWorkerThatWentBeforeTheOthersCameIsNotCounted() throws Exception {
        Socket gone = connect(HELLO);
        assertThatThrownBy(() -> fleet.awaitWorkers(2, Duration.ZERO, () -> {})).hasMessageContaining("only");
        gone.close();
        assertThatThrownBy(() -> fleet.awaitWorkers(2, A_SECOND, () -> {})).hasMessageStartingWith("only 0 of 2");
    }

    @Test
    void anotherVersionIsToldToBoth() throws Exception {
        Socket socket = connect("{\"say\":\"hello\",\"version\":9,\"cores\":4}\n");
        List<Message> told = new ArrayList<>();
        for (String line : reader(socket).lines().toList()) told.add(Json.MAPPER.readValue(line, Message.class));
        assertThat(remarks)
                .hasSize(1)
                .first()
                .asString()
                .contains("speaks version 9")
                .contains("its coordinator version");
        assertThat(told).contains(new Message.Failed(remarks.element(), Fault.TOOL));
    }

    @Test
    void aClockThatIsWrongIsRefused() throws Exception {
        tellTime(TimeUnit.MILLISECONDS.toNanos(-400));
        fleet.awaitWorkers(1, LONG, () -> {});
        assertThatThrownBy(() -> fleet.prepare(List.of(), TARGETS))
                .hasMessageMatching(
                        ".* says: its clock is (39|40)\\d\\.\\d ms behind the coordinator's .*set the clocks.*")
                .extracting(StrangePeersTest::fault)
                .isEqualTo(Fault.TOOL);
    }

    @Test
    void aClockThatIsALittleWrongIsRemarked() throws Exception {
        tellTime(TimeUnit.MILLISECONDS.toNanos(50));
        fleet.awaitWorkers(1, LONG, () -> {});
        // It does nothing but to tell the time.
        assertThatThrownBy(() -> fleet.prepare(List.of(), TARGETS)).hasMessageContaining("is lost");
        assertThat(remarks).hasSize(1).first().asString().contains(" ms ahead of the coordinator's ");
    }

    @Test
    void aFrozenCoordinatorIsLostBeforeTheRun() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0);
                Worker worker = Worker.join("127.0.0.1", frozen.getLocalPort(), A_SECOND, SHORT.silence())) {
            assertThatThrownBy(() -> worker.work(StrangePeersTest::idle, (scenario, timing, onSecond) -> {
                        throw new AssertionError();
                    }))
                    .isInstanceOf(ScenarioException.class)
                    .hasMessage("the coordinator is lost: nothing heard for 500 ms");
        }
    }

    @Test
    void aFrozenCoordinatorIsLostInTheRun() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0);
                Worker worker = Worker.join("127.0.0.1", frozen.getLocalPort(), A_SECOND, SHORT.silence());
                Socket coordinator = frozen.accept()) {
            say(coordinator, new Message.Task(List.of(), TARGETS, Share.ALL));
            say(coordinator, new Message.Go(new Timing(1, 2, 3)));
            // More than the socket takes: even in the middle of a message the worker is freed.
            assertThatThrownBy(() -> worker.work(StrangePeersTest::idle, (scenario, timing, onSecond) -> {
                        while (true) onSecond.accept(scenario.take(0));
                    }))
                    .isInstanceOf(ScenarioException.class)
                    .hasMessageStartingWith("the coordinator is lost: ");
        }
    }

    private static Scenario idle(List<String> args, Targets targets, Share share) {
        return new Idle(share);
    }

    private static Fault fault(Throwable failure) {
        return ((ScenarioException) failure).fault();
    }

    private Socket connect(String say) throws IOException {
        Socket socket = new Socket("127.0.0.1", fleet.port());
        sockets.add(socket);
        socket.getOutputStream().write(say.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Answers each ping with a time that is wrong by so much. */
    private void tellTime(long wrongNanos) throws IOException {
        Socket socket = connect(HELLO);
        Thread thread = new Thread(() -> reader(socket)
                .lines()
                .filter(line -> line.contains("ping"))
                .forEach(line -> say(socket, new Message.Pong(WallClock.nanos() + wrongNanos))));
        thread.setUncaughtExceptionHandler((any, closed) -> {});
        thread.start();
    }

    private static BufferedReader reader(Socket socket) {
        try {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void say(Socket socket, Message message) {
        try {
            String line = Json.MAPPER.writerFor(Message.class).writeValueAsString(message) + "\n";
            socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
