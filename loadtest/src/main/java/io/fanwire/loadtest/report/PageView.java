package io.fanwire.loadtest.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanwire.loadtest.result.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What the page's template asks about all runs together, by the names of the methods. */
final class PageView {
    private final List<Run> all;
    private final List<RunView> runs;

    PageView(List<Run> all) {
        this.all = all;
        this.runs = IntStream.range(0, all.size())
                .mapToObj(i -> new RunView("run" + (i + 1), all.get(i)))
                .toList();
    }

    String title() {
        return runs.size() == 1 ? "Load report: " + runs.get(0).scenario() : "Load report: " + runs.size() + " runs";
    }

    boolean several() {
        return runs.size() > 1;
    }

    List<RunView> runs() {
        return runs;
    }

    FigureTable figures() {
        return FigureTable.of(all);
    }

    /** Plots of all runs; empty for a single one. */
    List<Chart> charts() {
        return Stream.of(comparison())
                .filter(chart -> several() && !chart.isEmpty())
                .toList();
    }

    /** All plots, for the script. */
    String data() throws JsonProcessingException {
        List<Chart> everywhere = Stream.concat(charts().stream(), runs.stream().flatMap(run -> run.charts().stream()))
                .toList();
        // Nothing in JSON needs this character outside of strings; in a page it could end the script.
        return Json.MAPPER.writeValueAsString(everywhere).replace("<", "\\u003c");
    }

    String script() {
        return Resource.read("report.js");
    }

    String style() {
        return Resource.read("report.css");
    }

    PlotLibrary plotLibrary() {
        return PlotLibrary.BUNDLED;
    }

    private Chart comparison() {
        Map<String, Histogram> deliveries = new LinkedHashMap<>();
        for (Run run : all) deliveries.put(run.name(), run.result().measured().delivery());
        return Distribution.chart(
                "comparison",
                "Latency of deliveries as a distribution",
                "At 99 % stands what 99 of 100 deliveries of a run stayed below. The lower line is the faster run.",
                deliveries);
    }
}
