package io.fanwire.bench.plot;

import java.util.List;

/**
 * Curves over the same time, with one axis.
 *
 * @param title what the axis counts
 */
public record Panel(String title, List<Curve> curves) {
    public Panel {
        curves = List.copyOf(curves);
    }

    /** A round number that nothing is higher than. */
    double top() {
        double most = curves.stream().mapToDouble(Curve::max).max().orElse(0);
        if (most <= 0) return 1;
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) if (step * power >= most) return step * power;
        return 10 * power;
    }
}
