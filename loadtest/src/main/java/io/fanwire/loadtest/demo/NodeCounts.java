package io.fanwire.loadtest.demo;

import io.fanwire.harness.Metrics;
import io.fanwire.harness.NodeProcess;

/**
 * What a node says of itself in its metrics.
 *
 * @param publicationsIn from this node's own clients
 */
record NodeCounts(String url, long connections, long publicationsIn, long deliveries) {
    static NodeCounts of(NodeProcess node) {
        Metrics metrics = node.metrics();
        return new NodeCounts(
                node.url().toString(),
                metrics.get("fanwire_connections"),
                metrics.get("fanwire_publications_sent_total"),
                metrics.get("fanwire_deliveries_total"));
    }
}
