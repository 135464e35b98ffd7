package io.fanwire.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ScoreFormatter;

/** One line a benchmark, with its time and its allocation side by side; JMH's own table has five. */
record BenchmarkTable(Collection<RunResult> results) {
    private static final String LINE = "%-40s %-30s %12s %10s  %-8s %10s%n";

    void printTo(PrintStream out) {
        out.printf("%n" + LINE, "benchmark", "parameters", "score", "± error", "unit", "B/op");
        for (RunResult result : results) print(result, out);
    }

    private static void print(RunResult result, PrintStream out) {
        Result<?> primary = result.getPrimaryResult();
        out.printf(
                LINE,
                name(result.getParams()),
                parameters(result.getParams()),
                ScoreFormatter.format(primary.getScore()),
                ScoreFormatter.formatError(primary.getScoreError()).strip(),
                primary.getScoreUnit(),
                allocation(result));
    }

    static String name(BenchmarkParams params) {
        List<String> parts = List.of(params.getBenchmark().split("\\."));
        return String.join(".", parts.subList(parts.size() - 2, parts.size()));
    }

    private static String parameters(BenchmarkParams params) {
        return params.getParamsKeys().stream()
                .map(key -> key + "=" + params.getParam(key))
                .collect(Collectors.joining(" "));
    }

    private static String allocation(RunResult result) {
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return bytes == null ? "" : ScoreFormatter.format(bytes.getScore());
    }
}
