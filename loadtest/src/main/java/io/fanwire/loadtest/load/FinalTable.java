package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.RunResult;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** What a run ends with: a row for each figure, then what failed and why, then the verdict. */
final class FinalTable {
    private FinalTable() {}

    static void print(RunResult result, PrintStream out) {
        out.println();
        int width = result.figures().stream()
                .mapToInt(figure -> figure.name().length())
                .max()
                .orElse(0);
        for (Figure figure : result.figures())
            out.println(String.format(Locale.ROOT, "  %-" + width + "s  %s", figure.name(), value(figure)));
        for (Map.Entry<String, Long> failure : result.measured().failures().entrySet())
            out.println(String.format(Locale.ROOT, "  %,dx %s", failure.getValue(), failure.getKey()));
        result.remarks().forEach(remark -> out.println(result.scenario() + ": " + remark));
        out.println(result.scenario() + ": " + result.verdict().name().toLowerCase(Locale.ROOT) + " after "
                + (long) result.seconds() + " s");
    }

    /** With as many digits as say something. */
    static String value(Figure figure) {
        double value = figure.value();
        String format = value == Math.rint(value) || Math.abs(value) >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
        String number = String.format(Locale.ROOT, format, value);
        return figure.unit().isEmpty() ? number : number + " " + figure.unit();
    }
}
