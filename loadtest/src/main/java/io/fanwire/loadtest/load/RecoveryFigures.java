package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How soon everybody had everything again, as rows of the final table. */
final class RecoveryFigures {
    private RecoveryFigures() {}

    /** None for those after whom not everybody had. */
    static List<Figure> of(List<Recovery> recoveries) {
        List<Figure> figures = new ArrayList<>();
        for (Recovery each : recoveries) {
            Double seconds = each.seconds();
            String name = String.format(Locale.ROOT, "caught up after %s at %.1f s", each.fault(), each.at());
            if (seconds != null) figures.add(new Figure(name, seconds, "s"));
        }
        return figures;
    }
}
