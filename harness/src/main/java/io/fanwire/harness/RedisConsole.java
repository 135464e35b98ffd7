package io.fanwire.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says commands to a Redis on the loopback interface, each on a connection of its own. Any thread. */
public final class RedisConsole {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;

    private RedisConsole(int port) {
        this.port = port;
    }

    public static RedisConsole at(int port) {
        return new RedisConsole(port);
    }

    /**
     * The answer as lines: those of a text, or the items of a list, whatever its depth. Nothing is no line.
     *
     * @throws HarnessException if Redis refuses the command, or does not answer within ten seconds
     */
    public List<String> call(String... words) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(encode(words));
            List<String> lines = new ArrayList<>();
            read(new BufferedInputStream(socket.getInputStream()), lines);
            return lines;
        } catch (IOException e) {
            throw new HarnessException("Redis on port " + port + " does not answer " + words[0] + ": " + e, e);
        }
    }

    private static byte[] encode(String... words) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ascii("$" + text.length + "\r\n"));
            bytes.writeBytes(text);
            bytes.writeBytes(ascii("\r\n"));
        }
        return bytes.toByteArray();
    }

    private static void read(InputStream in, List<String> lines) throws IOException {
        String line = line(in);
        if (line.isEmpty()) throw new IOException("an empty line");
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '-' -> throw new HarnessException("Redis says: " + rest);
            case '*' -> {
                for (int left = Integer.parseInt(rest); left > 0; left--) read(in, lines);
            }
            case '$' -> readText(in, Integer.parseInt(rest), lines);
            default -> lines.add(rest);
        }
    }

    private static void readText(InputStream in, int length, List<String> lines) throws IOException {
        if (length < 0) return;
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line(in);
        text.lines().forEach(lines::add);
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new IOException("the connection ended");
            if (next != '\r') bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
