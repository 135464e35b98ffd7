package io.fanwire.loadtest.result;

import io.fanwire.loadtest.ledger.Account;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run of the load tool, whole.
 *
 * @param format of the file, {@link #FORMAT}
 * @param scenario for example {@code fanout}
 * @param command as it was given
 * @param startedAt when the measured time began, in the form of ISO 8601
 * @param seconds how long it was
 * @param processes that made the load
 * @param settings what was asked, by option
 * @param remarks what a reader has to know before believing the figures; the reasons of the verdict are among them
 * @param figures the final table
 * @param nodes empty if their metrics were not to be had
 * @param marks in order; empty where nothing was broken on purpose
 * @param recoveries in the order of the faults; empty where none was watched
 * @param account only of scenarios that account for every message
 */
public record RunResult(
        int format,
        String scenario,
        String command,
        String startedAt,
        double seconds,
        int processes,
        SortedMap<String, String> settings,
        Verdict verdict,
        List<String> remarks,
        List<Figure> figures,
        Measured measured,
        List<NodeSeries> nodes,
        List<Mark> marks,
        List<Recovery> recoveries,
        @Nullable Account account) {
    public static final int FORMAT = 3;

    public RunResult {
        settings = new TreeMap<>(settings);
        remarks = List.copyOf(remarks);
        figures = List.copyOf(figures);
        nodes = List.copyOf(nodes);
        marks = List.copyOf(marks);
        recoveries = List.copyOf(recoveries);
    }
}
