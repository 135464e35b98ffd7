package io.fanwire.loadtest.result;

import java.util.List;

/**
 * A node's samples of a run, about one a second; none while it did not answer.
 *
 * @param url of its metrics
 */
public record NodeSeries(String url, List<NodeSample> samples) {
    public NodeSeries {
        samples = List.copyOf(samples);
    }
}
