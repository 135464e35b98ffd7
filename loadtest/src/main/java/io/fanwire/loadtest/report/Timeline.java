package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Second;
import java.util.List;

/** What the plots over the time of a run have in common. */
record Timeline(String run, double end, List<Mark> marks) {
    static Timeline of(String run, RunResult result) {
        double end = result.seconds();
        for (Second second : result.measured().seconds()) end = Math.max(end, second.at() + 1);
        for (Mark mark : result.marks()) end = Math.max(end, mark.at());
        return new Timeline(run, end, result.marks());
    }

    Chart chart(
            String id,
            String title,
            String explanation,
            Chart.Unit unit,
            boolean wide,
            List<Double> x,
            List<Line> lines) {
        return new Chart(run + "-" + id, run, title, explanation, Chart.Kind.TIME, unit, wide, end, x, lines, marks);
    }
}
