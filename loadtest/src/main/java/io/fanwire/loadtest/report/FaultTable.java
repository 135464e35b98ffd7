package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results of chaos plans as one table in Markdown, a row for each plan and one for all. */
public final class FaultTable {
    private static final List<String> HEAD = List.of(
            "fault",
            "runs",
            "publications",
            "deliveries",
            "duplicates seen",
            "out of order",
            "corrupted",
            "gaps told",
            "positions in them",
            "silent losses",
            "caught up after");
    private static final String PLAN = "--plan";
    private static final String YAML = ".yaml";

    private FaultTable() {}

    /** Lines; runs of the same plan are one row. Only for runs that have an account. */
    public static List<String> of(List<RunResult> runs) {
        Map<String, List<RunResult>> byPlan =
                runs.stream().collect(Collectors.groupingBy(FaultTable::plan, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        lines.add(line(HEAD));
        lines.add(line(HEAD.stream()
                .map(each -> each.equals(HEAD.get(0)) ? "---" : "---:")
                .toList()));
        byPlan.forEach((plan, some) -> lines.add(line(FaultRow.of(plan, some).cells())));
        if (byPlan.size() > 1) lines.add(line(FaultRow.of("all", runs).cells()));
        return lines;
    }

    /** The file's name, in words; a run without a plan has its scenario's. */
    private static String plan(RunResult run) {
        Path file = Path.of(run.settings().getOrDefault(PLAN, run.scenario())).getFileName();
        String name = String.valueOf(file);
        return (name.endsWith(YAML) ? name.substring(0, name.length() - YAML.length()) : name).replace('-', ' ');
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
