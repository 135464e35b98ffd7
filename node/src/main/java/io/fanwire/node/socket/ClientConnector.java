package io.fanwire.node.socket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Accepts clients, and serves their sockets on the selectors' own threads: what is read is only decoded and handed to a
 * lane, and what was written only tells the lane, neither of which blocks. Jetty would expect otherwise, and wake another
 * thread for every read. Whoever serves a socket there must also come to an end, however fast its client sends.
 */
final class ClientConnector extends ServerConnector {
    ClientConnector(Server server, HttpConnectionFactory http) {
        super(server, http);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new NonBlockingEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** A client's socket, which knows when it last took something. */
    static final class NonBlockingEndPoint extends SocketChannelEndPoint {
        private volatile long takenAt = System.nanoTime();
        private volatile boolean full;

        NonBlockingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
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
            if (!full) return;
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

        private static long remaining(ByteBuffer... buffers) {
            long bytes = 0;
            for (ByteBuffer buffer : buffers) bytes += buffer.remaining();
            return bytes;
        }
    }
}
