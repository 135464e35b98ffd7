package io.fanwire.node.socket;

import io.fanwire.node.admission.Place;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A client's socket, which knows its place among the others, and when it last took something. */
final class NonBlockingEndPoint extends SocketChannelEndPoint {
    private final Place place;
    private volatile long takenAt = System.nanoTime();
    private volatile boolean full;
    private Scheduler.@Nullable Task patience;

    NonBlockingEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Place place) {
        super(channel, selector, key, scheduler);
        this.place = place;
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        return task == null ? null : Invocable.from(Invocable.InvocationType.NON_BLOCKING, task);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = remaining(buffers);
        boolean all = super.flush(buffers);
        if (remaining(buffers) < before) takenAt = System.nanoTime();
        if (full == all) full = !all;
        return all;
    }

    /**
     * If its client takes no data: lets it end by a reset, once it is closed. Otherwise the kernel would keep what was
     * not taken, and offer it for minutes. Any thread.
     */
    void forgetUnsent() {
        if (full) resetAtClose();
    }

    private void resetAtClose() {
        try {
            getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is closed.
            return;
        }
    }

    /** By {@link System#nanoTime}. Any thread. */
    long takenAt() {
        return takenAt;
    }

    Place place() {
        return place;
    }

    /** From here on the time for the handshake runs, however many bytes come: Jetty's idle timeout begins anew with each. */
    void expectHandshake(Scheduler scheduler, Duration timeout) {
        startWaiting(scheduler, timeout);
        // Not under the lock: perhaps it has to go at once.
        place.onCut(this::cut);
    }

    /** It is a WebSocket now. */
    void opened() {
        place.opened();
        stopWaiting();
    }

    /** It is closed. */
    void released() {
        place.release();
        stopWaiting();
    }

    private void cut() {
        // As a connection that is turned away: in a flood, what is left of thousands would add up.
        resetAtClose();
        close();
    }

    private void expired() {
        if (place.isLate()) close(new TimeoutException("the handshake took too long"));
    }

    private synchronized void startWaiting(Scheduler scheduler, Duration timeout) {
        patience = scheduler.schedule(this::expired, timeout);
    }

    // A task that is left would keep the closed socket's memory until it is due.
    private synchronized void stopWaiting() {
        if (patience != null) patience.cancel();
        patience = null;
    }

    private static long remaining(ByteBuffer... buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) bytes += buffer.remaining();
        return bytes;
    }
}
