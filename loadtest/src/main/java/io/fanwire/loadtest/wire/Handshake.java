package io.fanwire.loadtest.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The request that asks for a WebSocket. The key is always the same: nothing here is a browser that would have to be
 * protected from caches.
 *
 * @param path for example {@code /ws}
 * @param subprotocol null for none
 */
public record Handshake(String host, String path, @Nullable String subprotocol) {
    /** As it goes over the wire. */
    public byte[] request() {
        String protocol = subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: ZmFud2lyZS1sb2FkLTAwMQ==\r\nSec-WebSocket-Version: 13\r\n" + protocol + "\r\n";
        return request.getBytes(StandardCharsets.US_ASCII);
    }
}
