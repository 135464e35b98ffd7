package io.fanwire.bench.plot;

import java.util.Arrays;

/**
 * Values at even distances.
 *
 * @param color as SVG has it
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record Curve(String name, String color, double[] values) {
    double max() {
        return Arrays.stream(values).max().orElse(0);
    }

    /** With so many values at most: each the highest of those that it stands for. */
    Curve thinned(int most) {
        if (values.length <= most) return this;
        double[] few = new double[most];
        for (int i = 0; i < values.length; i++) {
            int at = (int) ((long) i * most / values.length);
            few[at] = Math.max(few[at], values[i]);
        }
        return new Curve(name, color, few);
    }
}
