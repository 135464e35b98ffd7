package io.fanwire.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A TCP connection to the client port that says whatever it is told to say, as slowly as it is told to. */
public final class RawHandshake implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    private RawHandshake(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Connects, and says nothing. */
    public static RawHandshake connect(int port) {
        try {
            return new RawHandshake(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, and sends a whole handshake. */
    public static RawHandshake send(int port, String... headers) {
        RawHandshake opened = connect(port);
        opened.send(request(headers));
        return opened;
    }

    /** A good handshake, with more headers such as {@code X-A: b}. */
    public static byte[] request(String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return ("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: ZmFud2lyZS1sb2FkLTAwMQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Protocol: fanwire.v1.protobuf\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of the answer. */
    public int status() {
        return Integer.parseInt(head().substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }

    /** The answer up to the end of its headers. */
    public String head() {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) throw new AssertionError("it ended after: " + head);
                head.append((char) next);
            }
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the node closes the connection. */
    public String rest() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes(int count) {
        try {
            return socket.getInputStream().readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the node has closed the connection, in whatever way, without a word. */
    public boolean isCut() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
