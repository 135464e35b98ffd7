package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.Mark;
import java.util.List;

/**
 * A plot, as the page's script gets it.
 *
 * @param id of its place in the page
 * @param group plots of the same group show the same moment under the mouse
 * @param title with what its y axis says
 * @param explanation how to read it
 * @param kind of its x axis
 * @param unit of y, see the script
 * @param wide takes the whole width of the page
 * @param end where its x axis ends
 * @param marks vertical lines; of {@link Kind#TIME} only
 */
record Chart(
        String id,
        String group,
        String title,
        String explanation,
        Kind kind,
        Unit unit,
        boolean wide,
        double end,
        List<Double> x,
        List<Line> lines,
        List<Mark> marks) {
    enum Kind {
        /** Seconds since the start of the measured time. */
        TIME,
        /** Percentiles by how many nines they have: 0 is the median's lower end, 1 is 90 %, 2 is 99 %, 3 is 99.9 %. */
        NINES
    }

    enum Unit {
        /** On a logarithmic axis. */
        MILLIS,
        BYTES,
        CORES,
        COUNT
    }

    boolean isEmpty() {
        return lines.stream().allMatch(Line::isFlat);
    }
}
