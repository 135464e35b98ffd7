package io.fanwire.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server whether it is a Redis that answers. */
final class RedisPing {
    private static final int TIMEOUT_MILLIS = 500;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);

    private RedisPing() {}

    /**
     * Waits until a process that has just been started answers.
     *
     * @param name what it is called if it does not
     * @throws HarnessException if it does not within ten seconds, or has ended: with what it printed
     */
    static void awaitAnswer(ChildProcess process, int port, String name) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!process.awaitExit(POLL)) {
            if (isAnswered("127.0.0.1", port)) return;
            if (System.nanoTime() - deadline > 0) {
                throw new HarnessException(name + " does not answer on port " + port);
            }
        }
        throw new HarnessException(name + " ended at once: " + process.lastWords());
    }

    static boolean isAnswered(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(PING);
            String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            // Who wants a password is there as well.
            return answer.equals("+PONG") || answer.equals("-NOAU");
        } catch (IOException e) {
            return false;
        }
    }
}
