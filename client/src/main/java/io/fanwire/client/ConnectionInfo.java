package io.fanwire.client;

import java.net.URI;

/**
 * A connection that a node has accepted.
 *
 * @param url the one of {@link ClientOptions#urls()} that was used
 * @param nodeId names the node; opaque
 * @param sessionId names this connection in the node's logs; opaque
 */
public record ConnectionInfo(URI url, String nodeId, String sessionId) {}
