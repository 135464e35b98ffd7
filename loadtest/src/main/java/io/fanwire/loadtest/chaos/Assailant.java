package io.fanwire.loadtest.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection of an attack. All of it belongs to the attack's thread. */
final class Assailant implements AutoCloseable {
    static final String CLOSED = "closed";

    private final Manner manner;
    private final ByteBuffer handshake;
    private final SocketChannel channel;
    private final long sinceNanos = System.nanoTime();
    private final SelectionKey key;
    private boolean connected;

    /** @param from the address it comes from; null for the system's choice */
    Assailant(
            Selector selector, InetSocketAddress to, @Nullable InetSocketAddress from, Manner manner, byte[] handshake)
            throws IOException {
        this.manner = manner;
        this.handshake = ByteBuffer.wrap(handshake);
        channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (from != null) channel.bind(from);
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            if (channel.connect(to)) begin();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** How long it has lasted. */
    long ageNanos() {
        return System.nanoTime() - sinceNanos;
    }

    boolean isConnected() {
        return connected;
    }

    /** Returns how it ended; null if it goes on. */
    @Nullable
    String onReady(ByteBuffer scratch) {
        try {
            if (key.isConnectable() && channel.finishConnect()) begin();
            return key.isReadable() ? read(scratch) : null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A second has passed. Returns how it ended; null if it goes on. */
    @Nullable
    String onSecond() {
        if (manner != Manner.SLOW_HANDSHAKE || !connected || !handshake.hasRemaining()) return null;
        try {
            ByteBuffer one = handshake.slice(handshake.position(), 1);
            if (channel.write(one) == 1) handshake.position(handshake.position() + 1);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }

    private void begin() throws IOException {
        connected = true;
        key.interestOps(SelectionKey.OP_READ);
        // A few hundred bytes always fit into a socket that is new.
        if (manner == Manner.BURST) channel.write(handshake);
    }

    private @Nullable String read(ByteBuffer scratch) throws IOException {
        int count = channel.read(scratch.clear());
        if (count < 0) return CLOSED;
        if (manner != Manner.BURST) return null; // an answer, behind which the end comes
        return StandardCharsets.ISO_8859_1
                .decode(scratch.flip())
                .toString()
                .lines()
                .findFirst()
                .orElse("an empty answer");
    }
}
