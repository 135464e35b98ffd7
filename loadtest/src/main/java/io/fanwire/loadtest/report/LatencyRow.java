package io.fanwire.loadtest.report;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Percentiles of one kind of latency. */
record LatencyRow(
        String name, String count, String p50, String p90, String p99, String p999, String p9999, String max) {
    static List<LatencyRow> of(Map<String, Histogram> latencies) {
        return latencies.entrySet().stream()
                .map(each -> of(each.getKey(), each.getValue()))
                .toList();
    }

    private static LatencyRow of(String name, Histogram nanos) {
        return new LatencyRow(
                name,
                Numbers.count(nanos.getTotalCount()),
                at(nanos, 50),
                at(nanos, 90),
                at(nanos, 99),
                at(nanos, 99.9),
                at(nanos, 99.99),
                Numbers.nanos(nanos.getMaxValue()));
    }

    private static String at(Histogram nanos, double percentile) {
        return Numbers.nanos(nanos.getValueAtPercentile(percentile));
    }
}
