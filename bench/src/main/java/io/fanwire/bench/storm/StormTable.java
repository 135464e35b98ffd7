package io.fanwire.bench.storm;

import io.fanwire.bench.capacity.Count;
import io.fanwire.loadtest.measure.Table;
import java.util.List;
import java.util.Locale;

/** Storms in rows: those that come at once, and rolling updates, of which other things are to be known. */
final class StormTable {
    private final Table storms = new Table(
            "clients",
            "what happens",
            "nodes",
            "attempts for each return",
            "peak attempts/s a node",
            "peak let in/s a node",
            "half are back, s",
            "99%, s",
            "all, s");
    private final Table rolls = new Table(
            "clients",
            "what happens",
            "nodes",
            "minutes",
            "most away at once",
            "moves a client",
            "moved 3 times or more",
            "fullest node",
            "attempts for each return");

    void add(Count clients, Scenario scenario, Outcome outcome) {
        if (scenario.isRoll()) rolls.add(roll(clients, scenario, outcome));
        else storms.add(storm(clients, scenario, outcome));
    }

    /** Those that have rows. */
    List<Table> tables() {
        return List.of(storms, rolls).stream().filter(each -> !each.isEmpty()).toList();
    }

    private static List<String> storm(Count clients, Scenario scenario, Outcome outcome) {
        return List.of(
                clients.toString(),
                scenario.text(),
                Integer.toString(outcome.nodes()),
                format("%.2f", outcome.attemptsPerReturn()),
                format("%,.0f", outcome.peakAttemptsPerNode()),
                format("%,.0f", outcome.peakAcceptedPerNode()),
                format("%,.1f", outcome.secondsUntilAway(0.5)),
                format("%,.1f", outcome.secondsUntilAway(0.01)),
                format("%,.1f", outcome.secondsUntilAway(0)));
    }

    private static List<String> roll(Count clients, Scenario scenario, Outcome outcome) {
        return List.of(
                clients.toString(),
                scenario.text(),
                Integer.toString(outcome.nodes()),
                format("%,.1f", outcome.seconds() / 60),
                format("%.2f%%", 100.0 * outcome.maxAway() / outcome.moves().length),
                format("%.2f", outcome.movesPerClient()),
                format("%.1f%%", 100 * outcome.movedMoreThan(2)),
                format("%.2f ×", outcome.fullest()),
                format("%.2f", outcome.attemptsPerReturn()));
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
