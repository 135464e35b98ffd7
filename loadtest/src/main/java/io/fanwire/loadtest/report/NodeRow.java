package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What a node needed in the measured time. */
record NodeRow(String name, String meanCpu, String maxCpu, String maxResident, String maxHeap, String maxConnections) {
    static NodeRow of(NodeSeries node) {
        return new NodeRow(
                name(node),
                Numbers.of(Numbers.rounded(
                        values(node, NodeSample::cpuCores).average().orElse(0))),
                Numbers.of(Numbers.rounded(max(node, NodeSample::cpuCores))),
                Numbers.bytes(max(node, NodeSample::residentBytes)),
                Numbers.bytes(max(node, NodeSample::heapBytes)),
                Numbers.count((long) max(node, NodeSample::connections)));
    }

    static List<NodeRow> of(List<NodeSeries> nodes) {
        return nodes.stream().map(NodeRow::of).toList();
    }

    /** Its address without what all have in common. */
    static String name(NodeSeries node) {
        return node.url().replaceFirst("^https?://", "").replaceFirst("/metrics$", "");
    }

    private static double max(NodeSeries node, ToDoubleFunction<NodeSample> value) {
        return values(node, value).max().orElse(0);
    }

    private static DoubleStream values(NodeSeries node, ToDoubleFunction<NodeSample> value) {
        return node.samples().stream().filter(sample -> sample.at() >= 0).mapToDouble(value);
    }
}
