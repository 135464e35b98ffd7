package io.fanwire.loadtest.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** One end of a WebSocket, by hand: what it says is cut where a test wants it to be cut. */
public final class WireServer implements AutoCloseable {
    public static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(unsent);
    private Socket socket = new Socket();

    public WireServer() throws IOException {}

    public InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    /** Takes a connection and reads its request, which it returns. */
    public String accept() throws IOException {
        socket = listening.accept();
        socket.setTcpNoDelay(true);
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0)
            request.append((char) socket.getInputStream().read());
        return request.toString();
    }

    public WireServer say(String text) {
        unsent.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** A frame, as servers send it: without a mask. */
    public WireServer frame(int opcode, boolean last, byte[] payload) {
        try {
            out.write((last ? 0x80 : 0) | opcode);
            if (payload.length < 126) {
                out.write(payload.length);
            } else if (payload.length <= 0xFFFF) {
                out.write(126);
                out.writeShort(payload.length);
            } else {
                out.write(127);
                out.writeLong(payload.length);
            }
            out.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sends what was said, in pieces of 1 to so many bytes. */
    public void sendInPieces(Random random, int most) throws IOException {
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        for (int at = 0, size; at < bytes.length; at += size) {
            size = Math.min(bytes.length - at, 1 + random.nextInt(most));
            socket.getOutputStream().write(bytes, at, size);
        }
    }

    /** Reads a short frame of the client, whose mask must be all zeros. */
    Frame read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int opcode = in.readUnsignedByte() & 0x0F;
        byte[] payload = new byte[in.readUnsignedByte() & 0x7F];
        if (in.readInt() != 0) throw new IOException("a mask that changes something");
        in.readFully(payload);
        return new Frame(opcode, new String(payload, StandardCharsets.ISO_8859_1));
    }

    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        listening.close();
    }

    record Frame(int opcode, String payload) {}
}
