package io.fanwire.loadtest.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One WebSocket. All methods belong to the loop's thread. */
public final class ClientSocket {
    private static final byte[] NOTHING = {};
    // Close code 1000.
    private static final byte[] NORMAL = {3, (byte) 0xE8};
    private static final Pattern RETRY_AFTER = Pattern.compile("(?im)^Retry-After:[ \\t]*(\\d{1,5})[ \\t]*$");
    private static final String SWITCHING = "HTTP/1.1 101";

    private final ClientLoop loop;
    private final MessageReader reader;
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>(0);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean open;
    private boolean reading = true;
    private int retryAfterSeconds;
    private int readLimit = Integer.MAX_VALUE;
    // Bytes that were read and not used: the end of a message that is not whole, and behind it a header that is not.
    private byte[] rest = NOTHING;
    private int restMessage;
    private int frameRemaining;

    ClientSocket(
            ClientLoop loop,
            InetSocketAddress address,
            Handshake handshake,
            @Nullable InetSocketAddress from,
            int receiveBytes,
            MessageReader reader) {
        this.loop = loop;
        this.reader = reader;
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            // Else a second small message waits for the first one's acknowledgement, up to 40 ms: that is no server's.
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // Before it is connected: TCP says then how much it will take.
            if (receiveBytes > 0) opened.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
            if (from != null) opened.bind(from);
            boolean connected = opened.connect(address);
            unsent.add(ByteBuffer.wrap(handshake.request()));
            key = opened.register(loop.selector(), connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            loop.execute(() -> {
                drop();
                reader.onClosed(this, e.toString());
            });
        }
    }

    public ClientLoop loop() {
        return loop;
    }

    /** Sends a binary message; what the socket doesn't take at once waits. */
    public void send(byte[] message) {
        send(Frames.masked(Frames.BINARY, message));
    }

    /** Stops reading, or goes on. A socket that isn't read fills up, and then the node's does. */
    public void setReading(boolean on) {
        reading = on;
        if (open) updateInterest();
    }

    /** Reads at most so many bytes at a time, to imitate a slow reader. */
    public void setReadLimit(int bytes) {
        readLimit = bytes;
    }

    /** What a refused handshake asked for; 0 if nothing. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    public boolean isOpen() {
        return open;
    }

    /** Says goodbye; the reader is told when the other side has answered it. */
    public void close() {
        send(Frames.masked(Frames.CLOSE, NORMAL));
    }

    /** Drops the connection without a word, to the reader neither. */
    public void abort() {
        drop();
    }

    void onReady() {
        SelectionKey ready = key;
        SocketChannel socket = channel;
        if (ready == null || socket == null || !ready.isValid()) return;
        try {
            if (ready.isConnectable() && socket.finishConnect()) ready.interestOps(SelectionKey.OP_WRITE);
            if (ready.isValid() && ready.isWritable()) flush();
            if (ready.isValid() && ready.isReadable()) receive(socket);
        } catch (IOException e) {
            end(e.toString());
        }
    }

    private void send(ByteBuffer frame) {
        unsent.add(frame);
        try {
            if (unsent.size() == 1) flush();
        } catch (IOException e) {
            // Not at once: the caller may be in the middle of the reader's own work.
            loop.execute(() -> end(e.toString()));
        }
    }

    private void flush() throws IOException {
        SocketChannel socket = channel;
        while (socket != null && !unsent.isEmpty()) {
            ByteBuffer first = unsent.element();
            socket.write(first);
            if (first.hasRemaining()) break;
            unsent.remove();
        }
        updateInterest();
    }

    private void updateInterest() {
        SelectionKey current = key;
        if (current == null || !current.isValid()) return;
        int wanted = (reading ? SelectionKey.OP_READ : 0) | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE);
        if (current.interestOps() != wanted) current.interestOps(wanted);
    }

    private void receive(SocketChannel socket) throws IOException {
        ByteBuffer bytes = loop.readBuffer();
        bytes.clear().put(rest);
        int kept = rest.length;
        if (readLimit < bytes.remaining()) bytes.limit(kept + readLimit);
        int count = socket.read(bytes);
        if (count < 0) {
            end("1006 the connection ended without a close frame");
        } else if (count > 0) {
            loop.stampRead();
            if (open) deframe(bytes, bytes.position());
            else answer(bytes, bytes.position());
        }
    }

    private void answer(ByteBuffer bytes, int end) {
        String head = StandardCharsets.ISO_8859_1
                .decode(bytes.duplicate().position(0).limit(end))
                .toString();
        int headEnd = head.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            keep(bytes, 0, end, 0);
        } else if (head.startsWith(SWITCHING)) {
            open = true;
            rest = NOTHING;
            reader.onOpen(this);
            bytes.position(headEnd + 4).limit(end);
            bytes.compact();
            deframe(bytes, end - headEnd - 4);
        } else {
            Matcher retryAfter = RETRY_AFTER.matcher(head.replace("\r", ""));
            if (retryAfter.find()) retryAfterSeconds = Integer.parseInt(retryAfter.group(1));
            end(head.lines().findFirst().orElse("an empty answer"));
        }
    }

    private void deframe(ByteBuffer bytes, int end) {
        int message = 0;
        int at = restMessage;
        while (at < end) {
            if (frameRemaining == 0) {
                int behind = header(bytes, at, end);
                if (behind == at) break;
                // The header stood inside a message: close the ranks.
                message = moveUp(bytes, message, at, behind);
                at = behind;
            }
            int taken = Math.min(frameRemaining, end - at);
            at += taken;
            frameRemaining -= taken;
            message = reader.read(bytes, message, at);
        }
        keep(bytes, message, end, at - message);
    }

    /** Handles the frame header at this index; returns where the payload starts, or the index if it is not whole. */
    private int header(ByteBuffer bytes, int at, int end) {
        int length = Frames.headerLength(bytes, at, end);
        if (length == 0 || end - at < length) return at;
        int payload = Frames.payloadLength(bytes, at);
        if (Frames.opcode(bytes, at) < Frames.CLOSE) {
            frameRemaining = payload;
            return at + length;
        }
        int behind = at + length + payload;
        if (behind > end) return at;
        control(Frames.opcode(bytes, at), bytes, at + length, behind);
        return behind;
    }

    private void control(int opcode, ByteBuffer bytes, int from, int to) {
        byte[] payload = new byte[to - from];
        bytes.get(from, payload);
        if (opcode == Frames.PING) send(Frames.masked(Frames.PONG, payload));
        if (opcode == Frames.CLOSE) end(closeReason(payload));
    }

    private static String closeReason(byte[] payload) {
        if (payload.length < 2) return "1005";
        return ByteBuffer.wrap(payload).getShort() + " "
                + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    private static int moveUp(ByteBuffer bytes, int from, int to, int target) {
        int count = to - from;
        if (count > 0) bytes.put(target - count, bytes, from, count);
        return target - count;
    }

    private void keep(ByteBuffer bytes, int from, int end, int messageBytes) {
        restMessage = messageBytes;
        if (rest.length != end - from) rest = end == from ? NOTHING : new byte[end - from];
        if (rest.length > 0) bytes.get(from, rest);
    }

    private void end(String why) {
        if (drop()) reader.onClosed(this, why);
    }

    private boolean drop() {
        SocketChannel socket = channel;
        if (socket == null) return false;
        channel = null;
        open = false;
        unsent.clear();
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
        return true;
    }
}
