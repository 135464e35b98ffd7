package io.fanwire.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A port of the loopback interface that stands for another one: it forwards connections, and can be a network that
 * loses everything, or an address behind which another server has taken over, as Sentinel, DNS or a proxy bring it about,
 * or behind which there are several.
 *
 * <p>One thread of its own forwards. Methods may be called from any thread; they wait, for some seconds at most, until it
 * has done what they say.
 */
public final class TcpForwarder implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 5;
    // A crowd that comes back at once must not wait for the kernel's next try, a second later.
    private static final int BACKLOG = 4_096;
    private static final int BYTES = 64 * 1024;
    // Where the process may open no more files, whoever waits stays ready: asked at once again, it would never rest.
    private static final int REST_MILLIS = 100;

    private final int port;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey acceptor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "fanwire-forwarder");
    // What follows belongs to the thread.
    private final Set<ForwardedConnection> connections = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private Supplier<OptionalInt> target;
    private boolean passing = true;
    private boolean resting;
    private boolean closed;

    private TcpForwarder(int port, Supplier<OptionalInt> target) throws IOException {
        this.port = port;
        this.target = target;
        this.selector = Selector.open();
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        this.acceptor = server.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Listens on a free port and forwards to another.
     *
     * @throws HarnessException if it can't
     */
    public static TcpForwarder to(int target) {
        return toEach(() -> OptionalInt.of(target));
    }

    /**
     * Listens on a free port and forwards each connection to another one, as it comes.
     *
     * @param target called for each connection, on the forwarder's thread; who gets none, or an exception, is reset
     * @throws HarnessException if it can't
     */
    public static TcpForwarder toEach(Supplier<OptionalInt> target) {
        try {
            return new TcpForwarder(LoopbackPort.free(), target);
        } catch (IOException e) {
            throw new HarnessException("no forwarder: " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** How many connections it carries; those that it has closed hold no file any more. */
    public int connections() {
        var carried = new AtomicInteger();
        perform(() -> carried.set(connections.size()));
        // The file of a closed channel is closed by the selection that follows.
        perform(() -> {});
        return carried.get();
    }

    /** From now on new connections lead somewhere else; those that are there stay until one of their ends is gone. */
    public void redirect(int newTarget) {
        perform(() -> target = () -> OptionalInt.of(newTarget));
    }

    /** Nothing passes any more, in either direction; no connection ends, and none begins. */
    public void stall() {
        perform(() -> pass(false));
    }

    /** What was stalled is reset, and new connections pass again. */
    public void restore() {
        perform(() -> {
            reset();
            pass(true);
        });
    }

    /** Resets what is there and listens no longer. May be called again. */
    @Override
    public void close() {
        perform(() -> closed = true);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Runnable task) {
        if (!thread.isAlive()) return;
        var done = new CompletableFuture<Void>().completeOnTimeout(null, TIMEOUT_SECONDS, TimeUnit.SECONDS);
        tasks.add(() -> {
            task.run();
            done.complete(null);
        });
        selector.wakeup();
        done.join();
    }

    private void run() {
        try (selector;
                server) {
            while (!closed) turn();
        } catch (IOException e) {
            throw new HarnessException("the forwarder on port " + port + " has ended: " + e.getMessage(), e);
        } finally {
            reset();
        }
    }

    private void turn() throws IOException {
        boolean rested = resting;
        selector.select(this::ready, rested ? REST_MILLIS : 0);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) task.run();
        if (rested) rest(false);
    }

    private void ready(SelectionKey key) {
        // Its other end was ready in the same round, and has closed both.
        if (!key.isValid()) return;
        if (key.attachment() instanceof ForwardedConnection connection) ready(connection, key);
        else accept();
    }

    private void ready(ForwardedConnection connection, SelectionKey key) {
        connection.ready(key, buffer);
        if (connection.isClosed()) connections.remove(connection);
    }

    private void accept() {
        try {
            SocketChannel client = server.accept();
            if (client != null) forward(client);
        } catch (IOException e) {
            // That one was gone before it was there, or there is no file for it: the next try may have one.
            rest(true);
        }
    }

    private void forward(SocketChannel client) {
        try {
            OptionalInt where = target.get();
            if (where.isEmpty()) ForwardedConnection.reset(client);
            else open(client, where.getAsInt());
        } catch (IOException | RuntimeException e) {
            // No file for the other end, or no target: only this client hears of it, and must not wait for more.
            ForwardedConnection.reset(client);
        }
    }

    private void open(SocketChannel client, int where) throws IOException {
        ForwardedConnection connection = ForwardedConnection.open(client, where, selector);
        if (!connection.isClosed()) connections.add(connection);
    }

    private void pass(boolean on) {
        passing = on;
        expect();
        connections.forEach(each -> each.pass(on));
    }

    private void rest(boolean on) {
        resting = on;
        expect();
    }

    private void expect() {
        acceptor.interestOps(passing && !resting ? SelectionKey.OP_ACCEPT : 0);
    }

    private void reset() {
        connections.forEach(ForwardedConnection::reset);
        connections.clear();
    }
}
