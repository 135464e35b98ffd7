package io.fanwire.loadtest.report;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The plot of histograms that shows the slowest few as large as all others. */
final class Distribution {
    // In nines: fine enough for a smooth line, and a few hundred points at most.
    private static final double STEP = 0.02;
    private static final double MIN_END = 1;

    private Distribution() {}

    /** @param histograms of nanoseconds, by name */
    static Chart chart(String id, String title, String explanation, Map<String, Histogram> histograms) {
        double end = histograms.values().stream()
                .mapToDouble(Distribution::nines)
                .max()
                .orElse(0);
        List<Double> x = IntStream.rangeClosed(0, (int) Math.ceil(end / STEP))
                .mapToObj(step -> Numbers.rounded(step * STEP))
                .toList();
        List<Line> lines = histograms.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue(), x))
                .toList();
        double right = Math.max(MIN_END, end);
        return new Chart(
                id, id, title, explanation, Chart.Kind.NINES, Chart.Unit.MILLIS, true, right, x, lines, List.of());
    }

    private static Line line(String name, Histogram nanos, List<Double> x) {
        return new Line(name, x.stream().map(each -> millis(nanos, each)).toList());
    }

    /** Nothing beyond the nines that so many values have: it would be the largest over and over. */
    private static @Nullable Double millis(Histogram nanos, double x) {
        if (nanos.getTotalCount() == 0 || x >= nines(nanos) + STEP) return null;
        return Numbers.millis(nanos.getValueAtPercentile(100 * (1 - Math.pow(10, -x))));
    }

    private static double nines(Histogram nanos) {
        return Math.log10(Math.max(1, nanos.getTotalCount()));
    }
}
