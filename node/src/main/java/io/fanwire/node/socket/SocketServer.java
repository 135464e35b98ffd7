package io.fanwire.node.socket;

import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** The client port. */
public final class SocketServer implements AutoCloseable {
    // Most messages from clients are commands of a few dozen bytes.
    private static final int INPUT_BUFFER_BYTES = 2048;
    private static final int ACCEPT_QUEUE = 4096;

    private final Server server;
    private final ServerConnector connector;

    private SocketServer(SocketConfig config, Sessions sessions) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("socket");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(server, new HttpConnectionFactory(http()));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);
        WebSocketUpgradeHandler webSocket =
                WebSocketUpgradeHandler.from(server, container -> configure(container, sessions));
        webSocket.setHandler(new PlainHttp());
        server.setHandler(webSocket);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the port can't be had; the message says which
     */
    public static SocketServer start(SocketConfig config, Sessions sessions) throws IOException {
        SocketServer started = new SocketServer(config, sessions);
        try {
            started.server.start();
        } catch (Exception e) {
            started.close();
            Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
            throw new IOException(
                    "can't listen on " + config.host() + ":" + config.port() + ": " + cause.getMessage(), e);
        }
        return started;
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no new connections from here on. */
    public void stopAccepting() {
        connector.close();
    }

    /** Drops all connections. */
    @Override
    public void close() {
        try {
            server.setStopTimeout(0);
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the client port did not stop", e);
        }
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        return http;
    }

    private static void configure(ServerWebSocketContainer container, Sessions sessions) {
        // Heartbeats of the protocol end dead connections, not the transport's idle timeout.
        container.setIdleTimeout(Duration.ZERO);
        container.setInputBufferSize(INPUT_BUFFER_BYTES);
        container.setMaxBinaryMessageSize(Limits.MAX_CLIENT_FRAME_BYTES);
        container.setMaxFrameSize(Limits.MAX_CLIENT_FRAME_BYTES);
        container.setMaxTextMessageSize(Limits.MAX_CLIENT_FRAME_BYTES);
        container.setAutoFragment(false);
        // Sessions only decode and hand over, which never blocks: no second thread is woken for a message.
        container.setInvocationType(InvocationType.NON_BLOCKING);
        container.addMapping("/ws", (request, response, callback) -> accept(request, response, callback, sessions));
    }

    private static @Nullable Object accept(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback, Sessions sessions) {
        if (!request.hasSubProtocol(Limits.SUBPROTOCOL_PROTOBUF)) {
            PlainHttp.answer(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "offer the subprotocol " + Limits.SUBPROTOCOL_PROTOBUF);
            return null;
        }
        response.setAcceptedSubProtocol(Limits.SUBPROTOCOL_PROTOBUF);
        // No compression: it would have to be done once per subscriber, and costs a window of memory each.
        response.setExtensions(List.of());
        response.getHeaders().remove(HttpHeader.SERVER);
        return new WebSocketConnection(sessions);
    }
}
