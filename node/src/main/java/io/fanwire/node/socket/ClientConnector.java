package io.fanwire.node.socket;

import io.fanwire.node.admission.Place;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts clients, and serves their sockets on the selectors' own threads: what is read is only decoded and handed to a
 * lane, and what was written only tells the lane, neither of which blocks. Jetty would expect otherwise, and wake another
 * thread for every read. Whoever serves a socket there must also come to an end, however fast its client sends.
 *
 * <p>A connection that may not come in is closed here by the acceptor, before it costs more than that.
 */
final class ClientConnector extends ServerConnector implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnector.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    // From the acceptor to the selector's thread.
    private final Map<SelectableChannel, Place> arriving = new ConcurrentHashMap<>();
    private final Handshakes handshakes;
    private volatile long toldAt = System.nanoTime() - LOG_INTERVAL_NANOS;

    ClientConnector(Server server, Handshakes handshakes, ConnectionFactory... protocols) {
        super(server, protocols);
        this.handshakes = handshakes;
        getSelectorManager().addEventListener(this);
    }

    /** As Jetty does it, with the question between that it has no place for. */
    @Override
    public void accept(int acceptor) throws IOException {
        ServerSocketChannel server = (ServerSocketChannel) getTransport();
        if (server == null) throw new ClosedChannelException();
        SocketChannel channel = server.accept();
        try {
            Optional<Place> place = handshakes.arrive(channel.getRemoteAddress());
            if (place.isPresent()) letIn(channel, place.get());
            else turnAway(channel);
        } catch (IOException e) {
            // The client was gone before it was looked at: no reason to pause.
            channel.close();
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        Place place = arriving.remove(channel);
        if (place != null) place.release();
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        Place place = arriving.get(channel);
        if (place == null) throw new IllegalStateException("nobody let it in");
        NonBlockingEndPoint endPoint = new NonBlockingEndPoint(channel, selector, key, getScheduler(), place);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void onEndPointOpened(EndPoint opened) {
        super.onEndPointOpened(opened);
        if (!(opened instanceof NonBlockingEndPoint endPoint)) return;
        arriving.remove(endPoint.getChannel());
        endPoint.expectHandshake(getScheduler(), handshakes.config().handshakeTimeout());
    }

    @Override
    protected void onEndPointClosed(EndPoint closed) {
        super.onEndPointClosed(closed);
        if (closed instanceof NonBlockingEndPoint endPoint) endPoint.released();
    }

    /**
     * Without files to open, most of all. The connection waits in the kernel until there are some; Jetty would look again
     * after a second, and write a stack trace each time.
     */
    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (failure instanceof ClosedChannelException) return false;
        if (!(failure instanceof IOException)) return super.handleAcceptFailure(failure);
        handshakes.admission().acceptFailed();
        long now = System.nanoTime();
        if (now - toldAt >= LOG_INTERVAL_NANOS) {
            toldAt = now;
            LOG.warn("can't accept connections: {}", failure.getMessage());
        }
        LockSupport.parkNanos(this, PAUSE_NANOS);
        return isRunning();
    }

    /** The socket below whatever protocol the connection speaks. */
    static NonBlockingEndPoint endPoint(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        // That of the PROXY protocol wraps it.
        while (endPoint instanceof EndPoint.Wrapper wrapper) endPoint = wrapper.unwrap();
        return (NonBlockingEndPoint) endPoint;
    }

    private void letIn(SocketChannel channel, Place place) throws IOException {
        try {
            channel.configureBlocking(false);
            configure(channel.socket());
            arriving.put(channel, place);
            getSelectorManager().accept(channel);
        } catch (IOException | RuntimeException e) {
            arriving.remove(channel);
            place.release();
            throw e;
        }
    }

    private static void turnAway(SocketChannel channel) throws IOException {
        // A reset: in a flood, thousands of sockets that wait for their last acknowledgement would be one of its means.
        channel.socket().setSoLinger(true, 0);
        channel.close();
    }
}
