package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.Second;
import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the load tool saw, second by second. */
record SecondCharts(Timeline timeline, List<Second> seconds) {
    Chart latency() {
        return timeline.chart(
                "latency",
                "Latency of deliveries over time",
                "From when a publication was due to when a subscriber had it, second by second, on a logarithmic axis."
                        + " p99 is what 99 of 100 deliveries stayed below; max is the slowest of all.",
                Chart.Unit.MILLIS,
                true,
                ends(),
                List.of(
                        percentile("p50", 50),
                        percentile("p90", 90),
                        percentile("p99", 99),
                        percentile("p99.9", 99.9),
                        percentile("max", 100)));
    }

    Chart deliveries() {
        return counts(
                "deliveries",
                "Deliveries per second",
                "Publications that subscribers got; one that reaches 1,000 subscribers counts 1,000 times.",
                line("deliveries", Second::delivered));
    }

    Chart publications() {
        return counts(
                "publications",
                "Publications per second",
                "Publications that a node has acknowledged.",
                line("publications", Second::published));
    }

    Chart connections() {
        return counts(
                "connections",
                "Connections",
                "Open at the end of each second, and those that got in during it.",
                line("open", Second::connections),
                line("opened", Second::opened));
    }

    Chart trouble() {
        return counts(
                "trouble",
                "Gaps and lost connections per second",
                "Missed: publications that subscribers were told they would not get. Failed: attempts to connect."
                        + " Ended: connections that ended without being asked to.",
                line("missed", Second::missed),
                line("failed", Second::failed),
                line("ended", Second::ended));
    }

    private Chart counts(String id, String title, String explanation, Line... lines) {
        return timeline.chart(id, title, explanation, Chart.Unit.COUNT, false, ends(), List.of(lines));
    }

    // A second is drawn at its end: what a fault does comes behind the fault's mark then.
    private List<Double> ends() {
        return seconds.stream().map(second -> second.at() + 1.0).toList();
    }

    private Line line(String name, ToLongFunction<Second> value) {
        return new Line(
                name,
                seconds.stream()
                        .map(second -> (double) value.applyAsLong(second))
                        .toList());
    }

    private Line percentile(String name, double percentile) {
        return new Line(
                name,
                seconds.stream()
                        .map(second -> millis(second.latency(), percentile))
                        .toList());
    }

    private static @Nullable Double millis(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0 ? null : Numbers.millis(nanos.getValueAtPercentile(percentile));
    }
}
