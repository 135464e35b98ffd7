package io.fanwire.node.socket;

import io.fanwire.node.admission.Refusal;
import io.fanwire.protocol.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are no WebSocket handshake: says in one line what to do instead. */
final class PlainHttp extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ClientConnector.endPoint(request.getConnectionMetaData().getConnection())
                .place()
                .refuse(Refusal.NO_HANDSHAKE);
        if (Request.getPathInContext(request).equals("/ws")) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            answer(
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "this is a WebSocket endpoint: connect with the subprotocol " + Limits.SUBPROTOCOL_PROTOBUF);
        } else {
            answer(response, callback, HttpStatus.NOT_FOUND_404, "nothing here; clients connect to /ws");
        }
        return true;
    }

    static void refuse(Response response, Callback callback, Refusal refusal, int retryAfter) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfter);
        answer(response, callback, refusal.status(), refusal.line());
    }

    static void answer(Response response, Callback callback, int status, String line) {
        response.setStatus(status);
        // Whoever is no WebSocket client has no more to ask: requests without end would keep a selector's thread busy.
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.write(true, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), callback);
    }
}
