package io.fanwire.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanwire.loadtest.OneLineErrors;
import io.fanwire.loadtest.load.LoadCommand;
import io.fanwire.loadtest.result.Json;
import io.fanwire.loadtest.result.ResultFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReportCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void writesAPageOfAllRuns() throws IOException {
        ResultFile.write(file("before.json"), SampleRun.chaos(1, 1));
        ResultFile.write(file("after.json"), SampleRun.chaos(2, 2));
        assertThat(report("--out", file("page.html"), file("before.json"), file("after.json")))
                .isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines(file("page.html") + " written");
        assertThat(err.toString()).isEmpty();
        assertThat(file("page.html")).content().contains("<title>Load report: 2 runs</title>", ">before<", ">after<");
    }

    @Test
    void runsOfTheSameNameAreToldApart() throws IOException {
        Files.createDirectories(file("new"));
        ResultFile.write(file("run.json"), SampleRun.nothing());
        ResultFile.write(file("new/run.json"), SampleRun.nothing());
        assertThat(report("--out", file("page.html"), file("run.json"), file("new/run.json")))
                .isZero();
        assertThat(file("page.html")).content().contains(">" + file("new/run.json") + "<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "##                                  | is empty",
                "{\"format\": 1, \"scenario\": \"fa  | is no result of a load run: Unexpected end-of-input",
                "plain text                          | is no result of a load run: Unrecognized token 'plain'",
                "null                                | is no result of a load run: it has no format number",
                "[]                                  | is no result of a load run: it has no format number",
                "{\"name\": \"package\"}             | is no result of a load run: it has no format number",
                "{\"format\": \"1\"}                 | is no result of a load run: it has no format number",
                "{\"format\": 1, \"new\": true}      | has format 1, this version reads 3",
                "{\"format\": 3}                     | is no result of a load run: Missing creator property 'scenario'; see",
                "{\"format\": 1} {}                  | is no result of a load run: Trailing token"
            })
    void brokenFileIsOneLineThatNamesIt(String content, String complaint) throws IOException {
        Path file = Files.writeString(file("broken.json"), content);
        assertThat(report("--out", file("page.html"), file)).isEqualTo(2);
        assertComplaint(file + " " + complaint);
        assertThat(file("page.html")).doesNotExist();
    }

    @Test
    void brokenHistogramIsOneLine() throws IOException {
        ResultFile.write(file("run.json"), SampleRun.chaos(1, 1));
        ObjectNode run = (ObjectNode) Json.MAPPER.readTree(file("run.json").toFile());
        ((ObjectNode) run.at("/measured/seconds/7")).put("latency", "aGVsbG8gd29ybGQ=");
        Json.MAPPER.writeValue(file("run.json").toFile(), run);
        assertThat(report("--out", file("page.html"), file("run.json"))).isEqualTo(2);
        assertComplaint(file("run.json") + " is no result of a load run: no histogram");
    }

    @Test
    void goodFileBesideABrokenOneIsNotEnough() throws IOException {
        ResultFile.write(file("good.json"), SampleRun.nothing());
        assertThat(report("--out", file("page.html"), file("good.json"), file("missing.json")))
                .isEqualTo(2);
        assertComplaint(file("missing.json") + " is not there");
        assertThat(file("page.html")).doesNotExist();
    }

    @Test
    void directoryIsNoResult() {
        assertThat(report("--out", file("page.html"), directory)).isEqualTo(2);
        assertComplaint(directory + " can't be read");
    }

    @Test
    void resultIsNotOverwrittenByThePage() throws IOException {
        ResultFile.write(file("a.json"), SampleRun.nothing());
        ResultFile.write(file("b.json"), SampleRun.nothing());
        assertThat(report("--out", file("a.json"), file("b.json"))).isEqualTo(2);
        assertComplaint("--out is the page, like report.html, not a result: " + file("a.json"));
        assertThat(ResultFile.read(file("a.json")).scenario()).isEqualTo("connect");
    }

    @Test
    void pageThatCantBeWrittenIsOneLine() throws IOException {
        ResultFile.write(file("run.json"), SampleRun.nothing());
        assertThat(report("--out", file("no/such/page.html"), file("run.json"))).isEqualTo(2);
        assertComplaint(file("no/such/page.html") + " can't be written");
    }

    @Test
    void resultsAreNeeded() {
        assertThat(report()).isEqualTo(2);
        assertComplaint("Missing required parameter: 'RESULT.json'");
    }

    private void assertComplaint(String complaint) {
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("load report: ")
                .contains(complaint)
                .endsWith("--help");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private int report(Object... arguments) {
        OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new LoadCommand())
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("report"), Stream.of(arguments).map(Object::toString))
                        .toArray(String[]::new));
    }
}
