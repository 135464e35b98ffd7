package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpForwarderTest {
    private static final int SHORT_MILLIS = 100;

    private ServerSocket server;
    private TcpForwarder forwarder;

    @BeforeEach
    void listen() throws IOException {
        server = listener();
        forwarder = TcpForwarder.to(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        forwarder.close();
        forwarder.close();
        server.close();
    }

    @Test
    void everythingPassesBothWaysInOrder() throws IOException {
        byte[] much = new byte[3_000_000];
        new Random(1).nextBytes(much);
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            Thread writer = new Thread(() -> write(client, much));
            writer.start();
            assertThat(accepted.getInputStream().readNBytes(much.length)).isEqualTo(much);
            write(accepted, new byte[] {1, 2});
            assertThat(client.getInputStream().readNBytes(2)).containsExactly(1, 2);
        }
    }

    @Test
    void theEndOfOneSideReachesTheOtherWhichMayStillAnswer() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            write(accepted, new byte[] {7});
            accepted.close();
            assertThat(client.getInputStream().readAllBytes()).containsExactly(7);
        }
    }

    @Test
    void stalledNothingPassesAndNothingEndsUntilItIsRestored() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            forwarder.stall();
            write(client, new byte[] {1});
            accepted.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            try (Socket another = connect()) {
                server.setSoTimeout(SHORT_MILLIS);
                assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
                server.setSoTimeout(0);
                forwarder.restore();
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
                try (Socket late = server.accept()) {
                    write(late, new byte[] {3});
                    assertThat(another.getInputStream().read()).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void redirectedItLeadsWhoComesNextSomewhereElse() throws IOException {
        try (Socket before = connect();
                Socket there = server.accept();
                ServerSocket other = listener()) {
            forwarder.redirect(other.getLocalPort());
            try (Socket after = connect();
                    Socket accepted = other.accept()) {
                write(accepted, new byte[] {4});
                assertThat(after.getInputStream().read()).isEqualTo(4);
            }
            byte[] lastWords = new byte[1_000_000];
            Thread writer = new Thread(() -> write(there, lastWords));
            writer.start();
            assertThat(before.getInputStream().readNBytes(lastWords.length)).isEqualTo(lastWords);
            there.close();
            assertThat(before.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void eachConnectionIsAskedForWhereItLeadsAndWhoLeadsNowhereIsReset() throws IOException {
        Deque<OptionalInt> targets = new ConcurrentLinkedDeque<>();
        try (ServerSocket other = listener();
                TcpForwarder several = TcpForwarder.toEach(targets::remove)) {
            targets.add(OptionalInt.of(server.getLocalPort()));
            targets.add(OptionalInt.empty());
            targets.add(OptionalInt.of(other.getLocalPort()));
            try (Socket first = connect(several);
                    Socket there = server.accept();
                    Socket nowhere = connect(several)) {
                assertThatThrownBy(() -> nowhere.getInputStream().read()).isInstanceOf(SocketException.class);
                try (Socket last = connect(several);
                        Socket elsewhere = other.accept()) {
                    write(there, new byte[] {1});
                    write(elsewhere, new byte[] {2});
                    assertThat(first.getInputStream().read()).isEqualTo(1);
                    assertThat(last.getInputStream().read()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void whoseTargetCanNotBeToldIsResetAndTheNextPasses() throws IOException {
        Deque<OptionalInt> targets = new ConcurrentLinkedDeque<>();
        try (TcpForwarder several = TcpForwarder.toEach(targets::remove);
                Socket nowhere = connect(several)) {
            // Removing from nothing throws.
            assertThatThrownBy(() -> nowhere.getInputStream().read()).isInstanceOf(SocketException.class);
            assertPassesAgain(several, targets);
        }
    }

    @Test
    void whoseTargetCanNotBeConnectedToIsResetAndTheNextPasses() throws IOException {
        Deque<OptionalInt> targets = new ConcurrentLinkedDeque<>();
        // No port: what fails is the set-up, when the other end is open already.
        targets.add(OptionalInt.of(1 << 20));
        try (TcpForwarder several = TcpForwarder.toEach(targets::remove);
                Socket nowhere = connect(several)) {
            assertThatThrownBy(() -> nowhere.getInputStream().read()).isInstanceOf(SocketException.class);
            assertPassesAgain(several, targets);
        }
    }

    @Test
    void bothEndsOfAConnectionMayBreakAtTheSameMoment() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        Deque<Callable<OptionalInt>> targets = new ConcurrentLinkedDeque<>();
        targets.add(() -> OptionalInt.of(server.getLocalPort()));
        targets.add(() -> {
            held.countDown();
            broken.await();
            return OptionalInt.of(server.getLocalPort());
        });
        try (TcpForwarder busy = TcpForwarder.toEach(() -> call(targets.remove()));
                Socket client = connect(busy);
                Socket accepted = server.accept();
                Socket another = connect(busy)) {
            held.await();
            reset(client);
            reset(accepted);
            broken.countDown();
            try (Socket there = server.accept()) {
                write(there, new byte[] {6});
                assertThat(another.getInputStream().read()).isEqualTo(6);
            }
        }
    }

    @Test
    void whoReadsNothingDoesNotKeepTheOthersFromReading() throws IOException {
        try (Socket slow = connect();
                Socket pressed = server.accept();
                Socket quick = connect();
                Socket accepted = server.accept()) {
            byte[] much = new byte[20_000_000];
            new Random(2).nextBytes(much);
            Thread writer = new Thread(() -> write(pressed, much));
            writer.start();
            write(accepted, new byte[] {5});
            assertThat(quick.getInputStream().read()).isEqualTo(5);
            // Nothing of it is lost in the forwarder, however often it had to hold a rest.
            assertThat(slow.getInputStream().readNBytes(much.length)).isEqualTo(much);
        }
    }

    @Test
    void whoComesWhileNobodyIsThereIsReset() throws IOException {
        server.close();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    private void assertPassesAgain(TcpForwarder several, Deque<OptionalInt> targets) throws IOException {
        targets.add(OptionalInt.of(server.getLocalPort()));
        try (Socket next = connect(several);
                Socket accepted = server.accept()) {
            write(accepted, new byte[] {8});
            assertThat(next.getInputStream().read()).isEqualTo(8);
        }
    }

    private Socket connect() throws IOException {
        return connect(forwarder);
    }

    private static Socket connect(TcpForwarder to) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), to.port());
    }

    private static OptionalInt call(Callable<OptionalInt> target) {
        try {
            return target.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(LoopbackPort.free(), 10, InetAddress.getLoopbackAddress());
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
