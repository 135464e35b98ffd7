package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A forwarder in a process that may open no more files. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a shell with ulimit")
class FewFilesTest {
    private static final int WAIT_MILLIS = 1_000;
    // No interruption ends a read: a forwarder that fails has to be heard of all the same.
    private static final int PATIENCE_MILLIS = 10_000;

    private ServerSocket server;
    private Process process;
    private BufferedReader answers;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 256 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        Integer.toString(server.getLocalPort()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        port = Integer.parseInt(answers.readLine());
        // What it loads for that it can't load later.
        assertIsReset();
        assertPasses();
    }

    @AfterEach
    void stop() throws Exception {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        server.close();
    }

    @Test
    void whoHasNoFileForTheOtherEndIsResetAndTheNextPasses() throws IOException {
        tell("leave 1");
        assertIsReset();
        tell("free");
        assertPasses();
    }

    @Test
    void whoWaitsForAFileCostsNoCpuAndPassesWhenThereIsOne() throws IOException {
        tell("leave 0");
        try (Socket waiting = connect()) {
            waiting.setSoTimeout(WAIT_MILLIS);
            long before = tell("cpu");
            assertThatThrownBy(() -> waiting.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            // Spinning takes most of that second, wherever there is a core for this test at all.
            assertThat(tell("cpu") - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS / 5));
            tell("free");
            waiting.setSoTimeout(PATIENCE_MILLIS);
            assertHears(waiting);
        }
    }

    private void assertPasses() throws IOException {
        try (Socket client = connect()) {
            assertHears(client);
        }
    }

    private void assertHears(Socket client) throws IOException {
        try (Socket accepted = server.accept()) {
            accepted.getOutputStream().write(9);
            assertThat(client.getInputStream().read()).isEqualTo(9);
        }
    }

    private void assertIsReset() throws IOException {
        try (Socket client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Returns the answer. */
    private long tell(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return Long.parseLong(answers.readLine());
    }

    /** Forwards to the port in its argument, but for the first connection; does what it is told. */
    static final class Child {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final Deque<Closeable> HELD = new ArrayDeque<>();

        private Child() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            int target = Integer.parseInt(args[0]);
            Deque<OptionalInt> first = new ConcurrentLinkedDeque<>();
            first.add(OptionalInt.empty());
            TcpForwarder forwarder = TcpForwarder.toEach(() -> {
                OptionalInt none = first.poll();
                return none == null ? OptionalInt.of(target) : none;
            });
            cpu();
            leave(1, forwarder);
            free();
            System.out.println(forwarder.port());
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = in.readLine(); command != null; command = in.readLine()) {
                System.out.println(perform(command, forwarder));
            }
        }

        private static long perform(String command, TcpForwarder forwarder) throws IOException, InterruptedException {
            switch (command) {
                case "leave 0" -> leave(0, forwarder);
                case "leave 1" -> leave(1, forwarder);
                case "free" -> free();
                default -> {
                    return cpu();
                }
            }
            return 0;
        }

        /** Takes all files but some, among them those of the connections that have just ended. */
        private static void leave(int files, TcpForwarder forwarder) throws IOException, InterruptedException {
            while (forwarder.connections() > 0) Thread.sleep(1);
            try {
                while (true) HELD.add(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                for (int i = 0; i < files; i++) HELD.remove().close();
            }
        }

        private static void free() throws IOException {
            while (!HELD.isEmpty()) HELD.remove().close();
        }

        /** Nanoseconds that the forwarder's thread has had. */
        private static long cpu() {
            for (long id : THREADS.getAllThreadIds()) {
                if (THREADS.getThreadInfo(id).getThreadName().equals("fanwire-forwarder")) {
                    return THREADS.getThreadCpuTime(id);
                }
            }
            throw new IllegalStateException("the forwarder has ended");
        }
    }
}
