package io.fanwire.node.socket;

import io.fanwire.node.admission.Refusal;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty could not read as a request, in one line instead of its page, and counts it. */
final class BadRequests implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        boolean tooLong = status == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
        ClientConnector.endPoint(request.getConnectionMetaData().getConnection())
                .place()
                .refuse(tooLong ? Refusal.HEADERS_TOO_LONG : Refusal.NO_HANDSHAKE);
        PlainHttp.answer(
                response, callback, status, tooLong ? Refusal.HEADERS_TOO_LONG.line() : HttpStatus.getMessage(status));
        return true;
    }
}
