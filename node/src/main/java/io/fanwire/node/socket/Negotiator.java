package io.fanwire.node.socket;

import io.fanwire.node.admission.Refusal;
import io.fanwire.node.admission.Verdict;
import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.Limits;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** Makes a connection out of a WebSocket handshake. Jetty's threads. */
final class Negotiator implements WebSocketNegotiator {
    // Most messages from clients are commands of a few dozen bytes.
    private static final int INPUT_BUFFER_BYTES = 2048;

    private final Sessions sessions;
    private final Handshakes handshakes;

    Negotiator(Sessions sessions, Handshakes handshakes) {
        this.sessions = sessions;
        this.handshakes = handshakes;
    }

    @Override
    public @Nullable FrameHandler negotiate(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        NonBlockingEndPoint endPoint =
                ClientConnector.endPoint(request.getConnectionMetaData().getConnection());
        if (!request.hasSubProtocol(Limits.SUBPROTOCOL_PROTOBUF)) {
            endPoint.place().refuse(Refusal.NO_HANDSHAKE);
            PlainHttp.answer(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "offer the subprotocol " + Limits.SUBPROTOCOL_PROTOBUF);
            return null;
        }
        // The last question: who is refused for another reason takes nothing from the others.
        String client = handshakes.client(request);
        Verdict verdict = endPoint.place().admit(client);
        if (verdict.refusal() != null) {
            PlainHttp.refuse(response, callback, verdict.refusal(), verdict.retryAfter());
            return null;
        }
        response.setAcceptedSubProtocol(Limits.SUBPROTOCOL_PROTOBUF);
        // No compression: it would have to be done once per subscriber, and costs a window of memory each.
        response.setExtensions(List.of());
        response.getHeaders().remove(HttpHeader.SERVER);
        return new WebSocketConnection(sessions, request.getComponents().getExecutor(), endPoint, client);
    }

    @Override
    public void customize(Configuration connection) {
        // Heartbeats of the protocol end dead connections, not the transport's idle timeout.
        connection.setIdleTimeout(Duration.ZERO);
        connection.setInputBufferSize(INPUT_BUFFER_BYTES);
        // Jetty holds frames in both directions to it; messages from clients are checked against their own limit.
        connection.setMaxFrameSize(Math.max(Limits.MAX_CLIENT_FRAME_BYTES, Limits.MAX_SERVER_FRAME_BYTES));
        connection.setAutoFragment(false);
    }
}
