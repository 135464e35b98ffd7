package io.fanwire.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.bench.DocTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Holds the storms of 100,000 clients in docs/capacity.md, and their pictures, equal to what the command draws. */
class StormDocTest {
    private static final Path IMAGES = Path.of("..", "docs", "images");

    @TempDir
    Path drawn;

    @Test
    void tablesAndPicturesAreWhatTheCommandDraws() throws IOException {
        List<List<String>> printed = DocTables.table(run("--connections", "100k", "--plots", drawn.toString()));

        List<List<String>> headers =
                printed.stream().filter(row -> row.contains("what happens")).toList();
        assertThat(headers).hasSize(2);
        for (List<String> row : printed) {
            if (row.isEmpty() || headers.contains(row)) continue;
            assertThat(documented(headers)).contains(row);
        }
        for (Scenario scenario : Scenario.values()) {
            String name = "storm-100k-" + scenario.slug() + ".svg";
            assertThat(drawn.resolve(name)).hasSameTextualContentAs(IMAGES.resolve(name));
            assertThat(Files.size(drawn.resolve(name))).isLessThan(60_000);
        }
    }

    private static List<List<String>> documented(List<List<String>> headers) throws IOException {
        List<List<String>> first = DocTables.rows(headers.get(0));
        List<List<String>> second = DocTables.rows(headers.get(1));
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static String run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new StormCommand()).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
