package io.fanwire.loadtest.report;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What the page's template asks about a run, by the names of the methods. */
final class RunView {
    private final String id;
    private final Run run;
    private final RunResult result;
    private final Measured measured;
    private final List<Chart> charts;

    /** @param id for anchors and plots, unlike all others in the page */
    RunView(String id, Run run) {
        this.id = id;
        this.run = run;
        this.result = run.result();
        this.measured = result.measured();
        this.charts = allCharts();
    }

    String id() {
        return id;
    }

    String name() {
        return run.name();
    }

    String scenario() {
        return result.scenario();
    }

    Words verdict() {
        return Words.of(result.verdict());
    }

    List<String> remarks() {
        return result.remarks();
    }

    String startedAt() {
        return result.startedAt();
    }

    String seconds() {
        return Numbers.of(Numbers.rounded(result.seconds())) + " s";
    }

    String processes() {
        return result.processes() == 1 ? "one load process" : Numbers.count(result.processes()) + " load processes";
    }

    String command() {
        return result.command();
    }

    List<Row> settings() {
        return Row.of(result.settings());
    }

    List<Row> marks() {
        return result.marks().stream().map(RunView::row).toList();
    }

    List<AccountRow> account() {
        Account account = result.account();
        return account == null ? List.of() : AccountRow.of(account);
    }

    List<Row> toldByReason() {
        Account account = result.account();
        return account == null ? List.of() : Row.ofCounts(account.toldByReason());
    }

    List<Row> failures() {
        return Row.ofCounts(measured.failures());
    }

    List<Row> counts() {
        return Row.ofCounts(measured.counts());
    }

    List<LatencyRow> latencies() {
        return LatencyRow.of(histograms());
    }

    List<NodeRow> nodes() {
        return NodeRow.of(result.nodes());
    }

    String toolCores() {
        return Numbers.of(Numbers.rounded(measured.toolCores()));
    }

    String busiestThread() {
        return Numbers.of(Numbers.rounded(measured.busiestThread()));
    }

    /** Those with something in them. */
    List<Chart> charts() {
        return charts.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    /** Titles of the others. */
    List<String> emptyCharts() {
        return charts.stream().filter(Chart::isEmpty).map(Chart::title).toList();
    }

    private List<Chart> allCharts() {
        Timeline timeline = Timeline.of(id, result);
        var seconds = new SecondCharts(timeline, measured.seconds());
        var nodes = new NodeCharts(timeline, result.nodes());
        return Stream.of(
                        seconds.latency(),
                        distribution(),
                        seconds.deliveries(),
                        seconds.publications(),
                        seconds.connections(),
                        seconds.trouble(),
                        nodes.cpu(),
                        nodes.connections(),
                        nodes.resident(),
                        nodes.heap())
                .toList();
    }

    private Chart distribution() {
        return Distribution.chart(
                id + "-distribution",
                "Latency as a distribution",
                "How slow the slowest are: at 99 % stands what 99 of 100 stayed below, at 99.9 % what 999 of 1,000 did."
                        + " The further right a line stays low, the better.",
                histograms());
    }

    /** By name, deliveries first; those that hold something. */
    private Map<String, Histogram> histograms() {
        Map<String, Histogram> all = new LinkedHashMap<>();
        all.put("delivery", measured.delivery());
        all.putAll(measured.latencies());
        all.values().removeIf(histogram -> histogram.getTotalCount() == 0);
        return all;
    }

    private static Row row(Mark mark) {
        return new Row("at " + Numbers.of(Numbers.rounded(mark.at())) + " s", mark.label());
    }
}
