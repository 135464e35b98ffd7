package io.fanwire.loadtest.measure;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Cells for a table of latencies. */
public final class Percentiles {
    private static final List<Double> ALL = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

    private Percentiles() {}

    /** @param unit {@code µs} or {@code ms} */
    public static Stream<String> heads(String unit) {
        return ALL.stream().map(each -> name(each) + " " + unit);
    }

    public static Stream<String> micros(Histogram nanos) {
        return ALL.stream().map(each -> cell("%,.1f", nanos, each, 1e3));
    }

    public static Stream<String> millis(Histogram nanos) {
        return ALL.stream().map(each -> cell("%,.2f", nanos, each, 1e6));
    }

    private static String cell(String format, Histogram nanos, double percentile, double unit) {
        return nanos.getTotalCount() == 0 ? "-" : format.formatted(nanos.getValueAtPercentile(percentile) / unit);
    }

    private static String name(double percentile) {
        if (percentile == 100) return "max";
        return "p" + (percentile == Math.rint(percentile) ? Long.toString((long) percentile) : "" + percentile);
    }
}
