package io.fanwire.loadtest.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One thread, one selector and one read buffer for any number of connections. All sockets and readers of a loop are
 * owned by its thread; only {@link #execute} and {@link #close} may be called from others.
 */
public final class ClientLoop implements AutoCloseable {
    // As much as a socket's receive buffer usually holds: one read empties it.
    private static final int READ_BUFFER_BYTES = 512 * 1024;

    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable defect;
    private long readNanos;

    public ClientLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs it on the loop, soon. Any thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs it on the loop at that {@link System#nanoTime}, at most a millisecond late. On the loop only. */
    public void at(long nanos, Runnable task) {
        timed.add(new Timed(nanos, task));
    }

    /**
     * Opens a WebSocket. On the loop only.
     *
     * @param from the local address to connect from; null for any
     */
    public ClientSocket connect(
            InetSocketAddress address, Handshake handshake, @Nullable InetSocketAddress from, MessageReader reader) {
        return new ClientSocket(this, address, handshake, from, 0, reader);
    }

    /**
     * The same from any local address.
     *
     * @param receiveBytes of the socket's receive buffer; 0 leaves it to the system
     */
    public ClientSocket connect(
            InetSocketAddress address, Handshake handshake, int receiveBytes, MessageReader reader) {
        return new ClientSocket(this, address, handshake, null, receiveBytes, reader);
    }

    /** When the bytes that are being read were taken off the socket: {@link System#nanoTime}. On the loop only. */
    public long readNanos() {
        return readNanos;
    }

    public Thread thread() {
        return thread;
    }

    /** What ended the loop against its will; null while all is well. */
    public @Nullable Throwable defect() {
        return defect;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    void stampRead() {
        readNanos = System.nanoTime();
    }

    private void run() {
        try (selector) {
            while (!closed) turn();
            for (SelectionKey key : selector.keys()) key.channel().close();
        } catch (IOException | RuntimeException | Error e) {
            defect = e;
        }
    }

    private void turn() throws IOException {
        long wait = tasks.isEmpty() ? millisToNext() : 0;
        if (wait == 0) selector.selectNow(ClientLoop::onReady);
        else selector.select(ClientLoop::onReady, wait);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) task.run();
        long now = System.nanoTime();
        while (!timed.isEmpty() && timed.peek().nanos - now <= 0)
            timed.remove().task.run();
    }

    private long millisToNext() {
        if (timed.isEmpty()) return 1_000;
        long nanos = timed.peek().nanos - System.nanoTime();
        return nanos <= 0 ? 0 : Math.max(1, nanos / 1_000_000);
    }

    private static void onReady(SelectionKey key) {
        ((ClientSocket) key.attachment()).onReady();
    }

    private record Timed(long nanos, Runnable task) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return Long.compare(nanos - other.nanos, 0);
        }
    }
}
