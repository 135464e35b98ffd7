package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.Figure;
import java.util.Locale;

/** How the page writes numbers: about three digits, thousands set apart, with their units. */
final class Numbers {
    static final String NONE = "–";

    private static final double KIB = 1024;

    private Numbers() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String of(Figure figure) {
        if (figure.unit().equals("B") || figure.unit().equals("bytes")) return bytes(figure.value());
        return (of(figure.value()) + " " + figure.unit()).strip();
    }

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return NONE;
        if (value == Math.rint(value)) return String.format(Locale.ROOT, "%,.0f", value);
        return String.format(Locale.ROOT, "%,." + decimals(Math.abs(value)) + "f", value);
    }

    static String nanos(double nanos) {
        if (nanos < 1e6) return of(rounded(nanos / 1e3)) + " µs";
        if (nanos < 1e9) return of(rounded(nanos / 1e6)) + " ms";
        return of(rounded(nanos / 1e9)) + " s";
    }

    static double millis(double nanos) {
        return rounded(nanos / 1e6);
    }

    static String bytes(double bytes) {
        if (bytes < KIB) return of(rounded(bytes)) + " B";
        if (bytes < KIB * KIB) return of(rounded(bytes / KIB)) + " KiB";
        if (bytes < KIB * KIB * KIB) return of(rounded(bytes / KIB / KIB)) + " MiB";
        return of(rounded(bytes / KIB / KIB / KIB)) + " GiB";
    }

    /** With what a plot can show of it, so that the page is not made of digits. */
    static double rounded(double value) {
        double unit = Math.pow(10, 5 - Math.ceil(Math.log10(Math.abs(value))));
        return value == 0 || Double.isInfinite(unit) ? 0 : Math.round(value * unit) / unit;
    }

    private static int decimals(double value) {
        if (value >= 100) return 0;
        if (value >= 10) return 1;
        return value >= 1 ? 2 : value >= 0.01 ? 3 : 6;
    }
}
