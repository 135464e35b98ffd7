package io.fanwire.bench.peer;

import com.google.protobuf.ByteString;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.ServerFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The floor: one thread that does nothing but write ready-made WebSocket messages to sockets. No topics, no protocol,
 * no fairness, no Redis; it doesn't even read after the handshake. What a server needs on top of it is its own cost.
 */
final class FloorServer {
    static final byte[] SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int REQUEST_BYTES = 4096;
    // Offsets of a busy topic have this many digits in the wire format.
    private static final long OFFSET = 1_000_000;

    private final int clients;
    private final int payloadBytes;
    private final int batch;
    private final Selector selector = Selector.open();
    private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES);
    private final List<SocketChannel> sockets = new ArrayList<>();

    private FloorServer(int port, int clients, int payloadBytes, int batch) throws IOException {
        this.clients = clients;
        this.payloadBytes = payloadBytes;
        this.batch = batch;
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Arguments: port, clients to wait for, payload bytes, publications in one message, and publications per second, of
     * which 0 means as many as the sockets take.
     */
    public static void main(String[] args) throws IOException {
        int[] numbers = Stream.of(args).mapToInt(Integer::parseInt).toArray();
        FloorServer floor = new FloorServer(numbers[0], numbers[1], numbers[2], numbers[3]);
        int rate = numbers[4];
        floor.admit();
        if (rate == 0) floor.saturate();
        else floor.keepRate(rate);
    }

    private void admit() throws IOException {
        while (sockets.size() < clients) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) accept((ServerSocketChannel) key.channel());
                else upgrade(key);
            }
            selector.selectedKeys().clear();
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel each = server.accept(); each != null; each = server.accept()) {
            each.configureBlocking(false);
            each.register(selector, SelectionKey.OP_READ);
        }
    }

    private void upgrade(SelectionKey key) throws IOException {
        SocketChannel socket = (SocketChannel) key.channel();
        socket.read(request.clear());
        socket.write(ByteBuffer.wrap(SWITCHING));
        key.interestOps(0);
        sockets.add(socket);
    }

    private void saturate() throws IOException {
        ByteBuffer message = message(batch, 0);
        for (SocketChannel socket : sockets) {
            SelectionKey key = socket.keyFor(selector);
            key.attach(message.duplicate());
            key.interestOps(SelectionKey.OP_WRITE);
        }
        while (true) selector.select(FloorServer::writeMore);
    }

    private static void writeMore(SelectionKey key) {
        ByteBuffer message = (ByteBuffer) key.attachment();
        try {
            ((SocketChannel) key.channel()).write(message);
            if (!message.hasRemaining()) message.rewind();
        } catch (IOException e) {
            // The measurement is over.
            System.exit(0);
        }
    }

    private void keepRate(int perSecond) throws IOException {
        long period = 1_000_000_000L / perSecond;
        for (long due = System.nanoTime(); ; due += period) {
            long wait = due - System.nanoTime();
            if (wait > 0) selector.select(Math.max(1, wait / 1_000_000));
            ByteBuffer message = message(1, due);
            for (SocketChannel socket : sockets) socket.write(message.rewind());
        }
    }

    private ByteBuffer message(int events, long due) {
        byte[] event = frame(due).toByteArray();
        int length = events * event.length;
        ByteBuffer message = ByteBuffer.allocateDirect(length + 10).put((byte) 0x82);
        if (length < 126) message.put((byte) length);
        else if (length <= 0xFFFF) message.put((byte) 126).putShort((short) length);
        else message.put((byte) 127).putLong(length);
        for (int i = 0; i < events; i++) message.put(event);
        return message.flip();
    }

    private ServerFrame frame(long due) {
        return frame(ByteBuffer.allocate(Math.max(Long.BYTES, payloadBytes))
                .putLong(0, due)
                .array());
    }

    /** One publication, as a node would write it. */
    static ServerFrame frame(byte[] payload) {
        Publication publication = Publication.newBuilder()
                .setTopicId(1)
                .setOffset(OFFSET)
                .setPublishedAtUs(1)
                .setBinary(ByteString.copyFrom(payload))
                .build();
        return ServerFrame.newBuilder()
                .addEvents(Event.newBuilder().setPublication(publication))
                .build();
    }
}
