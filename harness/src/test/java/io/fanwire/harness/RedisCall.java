package io.fanwire.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One command on one connection, as a person with telnet would send it. */
final class RedisCall {
    private static final int PATIENCE_MILLIS = 10_000;

    private RedisCall() {}

    /** The first line of the answer; empty if there is none within ten seconds. */
    static String to(RedisServer redis, String command) {
        return to(redis, command, PATIENCE_MILLIS);
    }

    /** The same with another time to connect in, and to answer in. */
    static String to(RedisServer redis, String command, int millis) {
        URI uri = URI.create(redis.uri());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = in.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}
