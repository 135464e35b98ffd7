package io.fanwire.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server whether it is a Redis that answers. */
final class RedisPing {
    private static final int TIMEOUT_MILLIS = 500;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private RedisPing() {}

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
