package io.fanwire.bench.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The floor of a hop: one thread that takes a WebSocket message off a socket and writes it to all others. No topics, no
 * protocol, no order, no patience; it counts on messages that come one at a time.
 */
final class RelayServer {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH = 0x7F;
    private static final int MASK_BYTES = 4;

    private final Selector selector = Selector.open();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private RelayServer(int port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Argument: the port. */
    public static void main(String[] args) throws IOException {
        RelayServer relay = new RelayServer(Integer.parseInt(args[0]));
        while (true) relay.turn();
    }

    private void turn() throws IOException {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isAcceptable()) accept((ServerSocketChannel) key.channel());
            else receive(key);
        }
        selector.selectedKeys().clear();
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel socket = server.accept();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.register(selector, SelectionKey.OP_READ);
    }

    private void receive(SelectionKey key) throws IOException {
        SocketChannel socket = (SocketChannel) key.channel();
        if (socket.read(bytes.clear()) < 0) {
            socket.close();
        } else if (bytes.get(0) == 'G') {
            socket.write(ByteBuffer.wrap(FloorServer.SWITCHING));
        } else {
            handOn(key, unmasked(bytes.flip()));
        }
    }

    private void handOn(SelectionKey from, ByteBuffer message) throws IOException {
        for (SelectionKey each : selector.keys()) {
            if (each != from && each.channel() instanceof SocketChannel socket) socket.write(message.duplicate());
        }
    }

    /** A server's messages have no mask. The clients' mask is zero, so that it only has to go. */
    private static ByteBuffer unmasked(ByteBuffer message) {
        int length = message.get(1) & LENGTH;
        int header = length == LENGTH_16 ? 2 + Short.BYTES : 2;
        byte[] kept = new byte[header];
        message.get(0, kept);
        kept[1] = (byte) length;
        return message.put(MASK_BYTES, kept).position(MASK_BYTES);
    }
}
