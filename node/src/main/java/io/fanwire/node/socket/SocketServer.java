package io.fanwire.node.socket;

import io.fanwire.node.admission.AddressSource;
import io.fanwire.node.admission.Admission;
import io.fanwire.node.admission.AdmissionConfig;
import io.fanwire.node.session.Sessions;
import java.io.IOException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** The client port. */
public final class SocketServer implements AutoCloseable {
    private static final int ACCEPT_QUEUE = 4096;

    private final Server server;
    private final ServerConnector connector;

    private SocketServer(SocketConfig config, int sendBufferBytes, Handshakes handshakes, Sessions sessions) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("socket");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ClientConnector(server, handshakes, protocols(handshakes.config()));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        // Linux would let a buffer grow to 4 MB (net.ipv4.tcp_wmem), and a client that stops reading keeps it full:
        // some
        // hundreds of them use up all the memory that the machine has for TCP.
        connector.setAcceptedSendBufferSize(sendBufferBytes);
        server.addConnector(connector);
        WebSocketUpgradeHandler webSocket = new WebSocketUpgradeHandler();
        webSocket.addMapping("/ws", new Negotiator(sessions, handshakes));
        webSocket.setHandler(new PlainHttp());
        server.setHandler(webSocket);
        server.setErrorHandler(new BadRequests());
    }

    /**
     * Starts to listen.
     *
     * @param sendBufferBytes of each client's socket
     * @throws IOException if the port can't be had; the message says which
     */
    public static SocketServer start(
            SocketConfig config,
            int sendBufferBytes,
            AdmissionConfig admissionConfig,
            Admission admission,
            Sessions sessions)
            throws IOException {
        SocketServer started =
                new SocketServer(config, sendBufferBytes, new Handshakes(admissionConfig, admission), sessions);
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

    private static ConnectionFactory[] protocols(AdmissionConfig config) {
        ConnectionFactory http = new HttpConnectionFactory(http(config));
        return config.addressFrom() == AddressSource.PROXY_PROTOCOL
                ? new ConnectionFactory[] {new RequiredProxyProtocol(http.getProtocol()), http}
                : new ConnectionFactory[] {http};
    }

    private static HttpConfiguration http(AdmissionConfig config) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(config.maxHeaderBytes());
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        return http;
    }
}
