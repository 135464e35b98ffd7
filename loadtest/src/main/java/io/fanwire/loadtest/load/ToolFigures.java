package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import java.util.List;

/** What the load cost those who made it. */
final class ToolFigures {
    private ToolFigures() {}

    static List<Figure> of(Measured measured) {
        return List.of(
                new Figure("load tool's CPU", measured.toolCores(), "cores"),
                new Figure("load tool's busiest thread or process", measured.busiestThread() * 100, "% of its CPU"));
    }
}
