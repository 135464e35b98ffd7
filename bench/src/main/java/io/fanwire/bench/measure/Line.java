package io.fanwire.bench.measure;

/**
 * The straight line through points, by least squares.
 *
 * @param at0 its height at 0
 * @param slope for each unit
 */
public record Line(double at0, double slope) {
    /** @throws IllegalArgumentException for points that define none */
    public static Line through(double[] x, double[] y) {
        if (x.length != y.length || x.length < 2) throw new IllegalArgumentException("a line needs two points");
        double meanX = mean(x);
        double meanY = mean(y);
        double above = 0;
        double below = 0;
        for (int i = 0; i < x.length; i++) {
            above += (x[i] - meanX) * (y[i] - meanY);
            below += (x[i] - meanX) * (x[i] - meanX);
        }
        if (below == 0) throw new IllegalArgumentException("a line needs two places");
        return new Line(meanY - above / below * meanX, above / below);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double each : values) sum += each;
        return sum / values.length;
    }
}
