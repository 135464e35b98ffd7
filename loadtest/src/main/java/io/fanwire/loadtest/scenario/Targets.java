package io.fanwire.loadtest.scenario;

import java.net.URI;
import java.util.List;

/**
 * Whom to load.
 *
 * @param urls nodes or load balancers, for WebSocket clients; clients are spread over them
 * @param metrics the nodes' admin ports, such as {@code http://127.0.0.1:9090}; may be empty
 * @param from local addresses to connect from, in turn; empty: chosen by the system, or of 127.0.0.0/8 where the target
 *     is there too
 */
public record Targets(List<URI> urls, List<URI> metrics, List<String> from) {
    public Targets {
        urls = List.copyOf(urls);
        metrics = List.copyOf(metrics);
        from = List.copyOf(from);
        if (urls.isEmpty()) throw new IllegalArgumentException("there is no URL to connect to");
    }
}
