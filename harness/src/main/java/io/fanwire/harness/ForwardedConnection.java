package io.fanwire.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection through a {@link TcpForwarder}, to whose thread all of it belongs. */
final class ForwardedConnection {
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Flow up;
    private final Flow down;
    private boolean connected;
    private boolean passing = true;

    private ForwardedConnection(SocketChannel client, SocketChannel server, Selector selector) throws IOException {
        this.client = client;
        this.server = server;
        this.up = new Flow(client, server);
        this.down = new Flow(server, client);
        this.clientKey = client.register(selector, 0, this);
        this.serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /**
     * A target that is not there resets the client.
     *
     * @throws IOException if either end can't be set up; the client is the caller's then
     */
    static ForwardedConnection open(SocketChannel client, int target, Selector selector) throws IOException {
        SocketChannel server = SocketChannel.open();
        try {
            return open(client, server, target, selector);
        } catch (IOException | RuntimeException e) {
            reset(server);
            throw e;
        }
    }

    private static ForwardedConnection open(SocketChannel client, SocketChannel server, int target, Selector selector)
            throws IOException {
        for (SocketChannel each : new SocketChannel[] {client, server}) {
            each.configureBlocking(false);
            each.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        var connection = new ForwardedConnection(client, server, selector);
        connection.connect(target);
        return connection;
    }

    /** @param buffer belongs to this method as long as it takes */
    void ready(SelectionKey key, ByteBuffer buffer) {
        try {
            if (key.isConnectable()) connected = server.finishConnect();
            if (connected && passing) move(buffer);
            if (up.hasEnded() && down.hasEnded()) close();
            else expect();
        } catch (IOException e) {
            // One end is gone, and the other has to hear it.
            reset();
        }
    }

    void pass(boolean on) {
        passing = on;
        if (!isClosed()) expect();
    }

    boolean isClosed() {
        return !client.isOpen();
    }

    /** Both ends see it break. */
    void reset() {
        reset(client);
        reset(server);
    }

    private void connect(int target) {
        try {
            connected = server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            expect();
        } catch (IOException e) {
            reset();
        }
    }

    /** The server's words first: when it has died, what it said before is still there, and a word to it fails. */
    private void move(ByteBuffer buffer) throws IOException {
        down.move(buffer);
        up.move(buffer);
    }

    private void expect() {
        if (!connected) {
            serverKey.interestOps(passing ? SelectionKey.OP_CONNECT : 0);
        } else {
            clientKey.interestOps(passing ? up.readOps() | down.writeOps() : 0);
            serverKey.interestOps(passing ? down.readOps() | up.writeOps() : 0);
        }
    }

    private void close() throws IOException {
        client.close();
        server.close();
    }

    /** The other end gets a reset. */
    static void reset(SocketChannel channel) {
        try (channel) {
            // No lingering: what is under way is lost, and the other end gets a reset.
            if (channel.isOpen()) channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is gone already.
            return;
        }
    }
}
