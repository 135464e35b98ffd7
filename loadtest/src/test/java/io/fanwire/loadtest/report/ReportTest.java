package io.fanwire.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"charts\">(.*?)</script>", Pattern.DOTALL);

    private final RunResult chaos = SampleRun.chaos(1, 1);

    @ParameterizedTest
    @CsvSource({
        "FINE, Fine, The system did what was asked.",
        "FAILED, Failed, or lost something in silence.",
        "BOTTLENECK, The tool was the bottleneck, the figures say nothing about the system."
    })
    void verdictComesFirstInPlainWords(Verdict verdict, String title, String meaning) {
        String page = page(with(verdict, chaos.account()));
        assertThat(page)
                .containsSubsequence("<p class=\"big\">" + title, meaning, "asked 500 publications/s", "<h2>Figures");
    }

    @Test
    void figuresHaveUnitsAndThousandsSetApart() {
        assertThat(page(chaos))
                .containsPattern("<th>deliveries</th><td class=\"number\">1[34]\\d,\\d{3} /s</td>")
                .containsPattern("<th>latency p50</th><td class=\"number\">1\\.\\d\\d ms</td>")
                .contains("<th>memory of a connection</th><td class=\"number\">7.93 KiB</td>");
    }

    @Test
    void saysWhatWasAskedAndDone() {
        assertThat(page(chaos))
                .contains("load chaos --plan kill-and-pause.yaml")
                .contains("<tr><th>--subscribers</th><td>3000</td></tr>")
                .contains("<tr><th>at 20 s</th><td>kill node 2</td></tr>")
                .contains("<th>connection reset</th><td class=\"number\">1,000</td>")
                .contains("The load processes used 0.810 cores, the busiest of their threads 0.460 of one");
    }

    @Test
    void accountTellsBrokenFromKept() {
        assertThat(page(chaos)).contains("✓ must be 0").doesNotContain("✗ must be 0");
        var lossy = new Account(10, 0, 100, 97, 0, 0, 0, 0, 3, 0, 0, 0, 0, new TreeMap<>());
        assertThat(page(with(Verdict.FAILED, lossy)))
                .containsPattern("(?s)<tr class=\"broken\"><th>missing in silence</th><td class=\"number\">3</td>\\s*"
                        + "<td class=\"rule\">✗ must be 0</td>")
                .containsOnlyOnce("✗ must be 0");
        assertThat(page(with(Verdict.FINE, null))).doesNotContain("missing in silence");
    }

    @Test
    void everythingIsPlotted() throws IOException {
        JsonNode charts = charts(page(chaos));
        assertThat(titles(charts))
                .containsExactly(
                        "Latency of deliveries over time",
                        "Latency as a distribution",
                        "Deliveries per second",
                        "Publications per second",
                        "Connections",
                        "Gaps and lost connections per second",
                        "CPU of each node",
                        "Connections of each node",
                        "Memory of each node",
                        "Heap of each node");
        for (JsonNode chart : charts) {
            for (JsonNode line : chart.get("lines")) assertThat(line.get("y")).hasSameSizeAs(chart.get("x"));
            assertThat(chart.get("marks")).hasSize(chart.get("kind").asText().equals("TIME") ? 4 : 0);
        }
    }

    @Test
    void nodeThatDoesNotAnswerLeavesAHole() throws IOException {
        JsonNode cpu = charts(page(chaos)).get(6);
        assertThat(cpu.get("lines").get(1).get("name").asText()).isEqualTo("localhost:9092");
        assertThat(cpu.get("lines").get(1).get("y").get(25).isNull()).isTrue();
        assertThat(cpu.get("lines").get(0).get("y").get(25).asDouble()).isPositive();
    }

    @Test
    void distributionEndsAtTheSlowest() throws IOException {
        JsonNode distribution = charts(page(chaos)).get(1);
        JsonNode delivery = distribution.get("lines").get(0);
        assertThat(delivery.get("name").asText()).isEqualTo("delivery");
        int last = distribution.get("x").size() - 1;
        assertThat(delivery.get("y").get(last).asDouble())
                .isEqualTo(Numbers.millis(chaos.measured().delivery().getMaxValue()));
        assertThat(delivery.get("y").get(0).asDouble())
                .isEqualTo(Numbers.millis(chaos.measured().delivery().getMinValue()));
    }

    @Test
    void textOfUsersStaysText() throws IOException {
        String attack = "</script><script>alert(1)</script><!--<img src=x onerror='alert(2)'>&\"";
        String page = page(SampleRun.hostile(attack));
        assertThat(page).doesNotContain("<script>alert(", "<img", "<!--<").contains("&lt;script&gt;alert(1)");
        assertThat(charts(page).get(0).get("marks").get(0).get("label").asText())
                .isEqualTo(attack);
    }

    @Test
    void nothingIsLoadedFromAnywhere() {
        String page = page(chaos);
        assertThat(page)
                .doesNotContainPattern("(?i)<(link|img|iframe|object|embed|base)\\b")
                .doesNotContainPattern("(?i)<script[^>]+src")
                .doesNotContainPattern("(?i)@import|url\\(")
                .contains("default-src 'none'");
        assertThat(Pattern.compile("https?://[^\\s\"]+").matcher(page).results().map(each -> each.group()))
                .containsExactly("https://github.com/leeoniya/uPlot");
    }

    @Test
    void plotLibraryKeepsItsLicence() {
        assertThat(page(chaos))
                .contains("The MIT License (MIT)", "Leon Sorokin", "/*! https://github.com/leeoniya/uPlot");
    }

    @Test
    void severalRunsStandSideBySide() throws IOException {
        String page = Report.of(List.of(
                new Run("before", chaos),
                new Run("after", SampleRun.chaos(2, 2)),
                new Run("none", SampleRun.nothing())));
        assertThat(page)
                .containsPattern("<th class=\"number\">before</th><th[^>]*>after</th><th[^>]*>none</th>")
                .containsPattern("<th>latency p50</th><td class=\"number\">1\\.\\d\\d ms</td>"
                        + "<td class=\"number\">3\\.\\d\\d ms</td><td class=\"number change\">\\+(9\\d|10\\d) %</td>"
                        + "<td class=\"number\">–</td>")
                .contains("<h2 class=\"run\" id=\"run3\">none: Failed</h2>");
        JsonNode comparison = charts(page).get(0);
        assertThat(titles(comparison.get("lines"), "name")).containsExactly("before", "after", "none");
        for (JsonNode chart : charts(page))
            assertThat(page).contains("id=\"" + chart.get("id").asText() + "\"");
    }

    @Test
    void runInWhichNothingHappenedHasAPage() throws IOException {
        String page = page(SampleRun.nothing());
        assertThat(page).contains("refuses connections", "Not drawn, as there was nothing of it");
        assertThat(charts(page)).isEmpty();
    }

    private RunResult with(Verdict verdict, Account account) {
        return new RunResult(
                chaos.format(),
                chaos.scenario(),
                chaos.command(),
                chaos.startedAt(),
                chaos.seconds(),
                chaos.processes(),
                chaos.settings(),
                verdict,
                chaos.remarks(),
                chaos.figures(),
                chaos.measured(),
                chaos.nodes(),
                chaos.marks(),
                chaos.recoveries(),
                account);
    }

    private static String page(RunResult result) {
        return Report.of(List.of(new Run("run", result)));
    }

    private static JsonNode charts(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private static List<String> titles(JsonNode charts) {
        return titles(charts, "title");
    }

    private static List<String> titles(JsonNode nodes, String field) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(each -> each.get(field).asText())
                .toList();
    }
}
