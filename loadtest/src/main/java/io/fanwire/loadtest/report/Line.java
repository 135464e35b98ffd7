package io.fanwire.loadtest.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a plot.
 *
 * @param y one for each x of the plot; null where there is none
 */
record Line(String name, List<@Nullable Double> y) {
    Line {
        // List.copyOf takes no nulls.
        y = Collections.unmodifiableList(new ArrayList<>(y));
    }

    boolean isFlat() {
        return y.stream().allMatch(each -> each == null || each == 0);
    }
}
