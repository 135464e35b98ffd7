package io.fanwire.bench.storm;

import io.fanwire.bench.plot.Curve;
import io.fanwire.bench.plot.Panel;
import io.fanwire.bench.plot.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A storm as a picture: what reaches the nodes, and who is away meanwhile. */
final class StormPlot {
    private static final double PER_SECOND = 1_000.0 / Timeline.STEP_MILLIS;

    private final Outcome outcome;

    StormPlot(Outcome outcome) {
        this.outcome = outcome;
    }

    String draw(String title) {
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel(
                "a second, for each node",
                List.of(
                        curve("attempts", "#d62728", step -> perNode(step.attempts())),
                        curve("refused", "#ff9f40", step -> perNode(step.refused() + step.failed())),
                        curve("let in", "#2ca02c", step -> perNode(step.accepted())))));
        double clients = outcome.moves().length;
        panels.add(new Panel(
                "% of all clients", List.of(curve("away", "#1f77b4", step -> 100 * step.away() / clients))));
        double share = clients / outcome.nodes();
        panels.add(new Panel(
                "times an even share",
                List.of(curve("clients of the fullest node", "#9467bd", step -> step.fullest() / share))));
        return Svg.draw(title, outcome.seconds(), panels);
    }

    private double perNode(int count) {
        return count * PER_SECOND / outcome.nodes();
    }

    private Curve curve(String name, String color, ToDoubleFunction<Timeline.Step> value) {
        return new Curve(
                name, color, outcome.steps().stream().mapToDouble(value).toArray());
    }
}
