package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.Figure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The figures of all runs, with a column for each. */
record FigureTable(List<Head> heads, List<FigureRow> rows) {
    /** @param compared with the first run */
    record Head(String name, boolean compared) {}

    record FigureRow(String name, List<Cell> cells) {}

    /** @param change against the first run, empty where that says nothing */
    record Cell(String value, boolean compared, String change) {}

    private record Key(String name, String unit) {}

    static FigureTable of(List<Run> runs) {
        Set<Key> keys = new LinkedHashSet<>();
        for (Run run : runs) run.result().figures().forEach(each -> keys.add(new Key(each.name(), each.unit())));
        return new FigureTable(
                IntStream.range(0, runs.size())
                        .mapToObj(i -> new Head(runs.get(i).name(), i > 0))
                        .toList(),
                keys.stream().map(key -> row(key, runs)).toList());
    }

    private static FigureRow row(Key key, List<Run> runs) {
        Optional<Figure> first = figure(key, runs.get(0));
        List<Cell> others =
                runs.stream().skip(1).map(run -> cell(figure(key, run), first)).toList();
        return new FigureRow(
                key.name(),
                Stream.concat(Stream.of(new Cell(text(first), false, "")), others.stream())
                        .toList());
    }

    private static Optional<Figure> figure(Key key, Run run) {
        return run.result().figures().stream()
                .filter(each -> key.equals(new Key(each.name(), each.unit())))
                .findFirst();
    }

    private static Cell cell(Optional<Figure> figure, Optional<Figure> first) {
        String change = first.flatMap(from -> figure.map(to -> change(from.value(), to.value())))
                .orElse("");
        return new Cell(text(figure), true, change);
    }

    private static String text(Optional<Figure> figure) {
        return figure.map(Numbers::of).orElse(Numbers.NONE);
    }

    private static String change(double from, double to) {
        long percent = from > 0 ? Math.round(100 * (to - from) / from) : 0;
        return percent == 0 ? "" : String.format(Locale.ROOT, "%+,d %%", percent);
    }
}
