package io.fanwire.client;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, or why an attempt to connect failed.
 *
 * @param url the one of {@link ClientOptions#urls()} that was used
 * @param closeCode the WebSocket close code; 1006 (RFC 6455, 7.1.5) if there was no close frame: a refused or broken
 *     connection, a node that was silent, a frame that broke the protocol
 * @param reason for a developer to read
 * @param cause the exception behind it, if there is one
 * @param wasConnected whether this connection had been told by {@link ClientListener#onConnected}
 * @param willReconnect false if the client is closed now
 * @param retryIn how long the client waits before it tries the next node: as long as the node that said goodbye, or all
 *     those that refuse it for now, asked for, or a random time; zero if it does not try
 */
public record Disconnection(
        URI url,
        int closeCode,
        String reason,
        @Nullable Throwable cause,
        boolean wasConnected,
        boolean willReconnect,
        Duration retryIn) {}
