package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.Connected;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** A node that does what its test says. By itself it only takes connections and answers the connect command. */
final class ScriptedNode implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final AtomicInteger COUNT = new AtomicInteger();

    final String id = "node-" + COUNT.incrementAndGet();
    final AtomicInteger attempts = new AtomicInteger();
    volatile Connected.Builder welcome = Connected.newBuilder()
            .setHeartbeatIntervalMs(60_000)
            .setHeartbeatTimeoutMs(60_000)
            .setMaxFrameBytes(Limits.MAX_CLIENT_FRAME_BYTES)
            .setMaxPayloadBytes(Limits.MAX_PAYLOAD_BYTES);
    volatile String subprotocol = Limits.SUBPROTOCOL_PROTOBUF;
    volatile boolean answersConnect = true;
    volatile int refuseWithStatus;
    volatile String retryAfter = "";

    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private volatile URI url;

    private ScriptedNode() {}

    static ScriptedNode start() throws Exception {
        ScriptedNode node = new ScriptedNode();
        node.connector.setHost("127.0.0.1");
        node.server.addConnector(node.connector);
        node.server.setStopTimeout(0);
        Handler handler = WebSocketUpgradeHandler.from(node.server, container -> {
            container.setMaxBinaryMessageSize(Limits.MAX_CLIENT_FRAME_BYTES);
            container.setMaxFrameSize(0);
            container.addMapping("/ws", (request, response, callback) -> node.upgrade(request, response, callback));
        });
        node.server.setHandler(handler);
        node.server.start();
        node.url = URI.create("ws://127.0.0.1:" + node.connector.getLocalPort() + "/ws");
        return node;
    }

    /** Where it is, or was before it was closed. */
    URI url() {
        return url;
    }

    /** The next client's connection. */
    Peer accept() throws InterruptedException {
        Peer peer = peers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(peer).as("a connection to " + id).isNotNull();
        return peer;
    }

    boolean hasNoConnectionWaiting() {
        return peers.isEmpty();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private void wakeSelectors() {
        connector.getSelectorManager().getBeans(ManagedSelector.class).forEach(one -> one.submit(selector -> {}));
    }

    private Object upgrade(
            ServerUpgradeRequest request, ServerUpgradeResponse response, org.eclipse.jetty.util.Callback callback) {
        attempts.incrementAndGet();
        if (refuseWithStatus != 0) {
            if (!retryAfter.isEmpty()) response.getHeaders().put("Retry-After", retryAfter);
            org.eclipse.jetty.server.Response.writeError(request, response, callback, refuseWithStatus);
            return null;
        }
        if (!subprotocol.isEmpty()) response.setAcceptedSubProtocol(subprotocol);
        Connected connected =
                welcome.clone().setNodeId(id).setSessionId("s" + attempts).build();
        return new Peer(answersConnect ? connected : null, peers::add, this::wakeSelectors);
    }
}
