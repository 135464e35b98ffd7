package io.fanwire.bench.storm;

import io.fanwire.bench.capacity.Count;
import io.fanwire.loadtest.measure.Table;
import java.util.List;
import java.util.Locale;

/** Storms in rows. */
final class StormTable {
    private StormTable() {}

    static Table empty() {
        return new Table(
                "clients",
                "what happens",
                "nodes",
                "attempts for each return",
                "peak attempts/s a node",
                "half are back, s",
                "99%, s",
                "all, s",
                "moves a client",
                "moved 3 times or more",
                "fullest node");
    }

    static void add(Table table, Count clients, Scenario scenario, Outcome outcome) {
        table.add(List.of(
                clients.toString(),
                scenario.toString(),
                Integer.toString(outcome.nodes()),
                format("%.2f", outcome.attemptsPerReturn()),
                format("%,.0f", outcome.peakAttemptsPerNode()),
                format("%,.1f", outcome.secondsUntilAway(0.5)),
                format("%,.1f", outcome.secondsUntilAway(0.01)),
                format("%,.1f", outcome.secondsUntilAway(0)),
                format("%.2f", outcome.movesPerClient()),
                format("%.1f%%", 100 * outcome.movedMoreThan(2)),
                format("%.2f ×", outcome.fullest())));
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
