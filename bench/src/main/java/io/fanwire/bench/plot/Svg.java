package io.fanwire.bench.plot;

import java.util.List;
import java.util.Locale;

/** Panels one below the other, with one axis of time. */
public final class Svg {
    private static final int WIDTH = 760;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int HEIGHT = 130;
    private static final int GAP = 45;
    private static final int POINTS = 300;
    private static final int MARKS = 5;

    private final StringBuilder out = new StringBuilder();
    private final double seconds;

    private Svg(double seconds) {
        this.seconds = seconds;
    }

    /** @param seconds that the curves take */
    public static String draw(String title, double seconds, List<Panel> panels) {
        Svg svg = new Svg(seconds);
        svg.begin(title, TOP + panels.size() * (HEIGHT + GAP));
        for (int i = 0; i < panels.size(); i++) svg.panel(panels.get(i), TOP + 15 + i * (HEIGHT + GAP));
        svg.out.append("</svg>\n");
        return svg.out.toString();
    }

    private void begin(String title, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">",
                WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
        text(LEFT, 18, "start", "black", title);
    }

    private void panel(Panel panel, int top) {
        double most = panel.top();
        int bottom = top + HEIGHT;
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#ccc\"/>",
                LEFT, top, width(), HEIGHT);
        text(LEFT, top - 5, "start", "#555", panel.title());
        text(LEFT - 5, top + 8, "end", "#555", number(most));
        text(LEFT - 5, bottom, "end", "#555", "0");
        for (int i = 0; i <= MARKS; i++) {
            text(LEFT + width() * i / MARKS, bottom + 13, "middle", "#555", number(seconds * i / MARKS) + " s");
        }
        int legend = WIDTH - RIGHT;
        for (int i = panel.curves().size() - 1; i >= 0; i--) {
            Curve curve = panel.curves().get(i);
            text(legend, top - 5, "end", curve.color(), curve.name());
            legend -= 12 + 6 * curve.name().length();
            line(curve.thinned(POINTS), top, most);
        }
    }

    private void line(Curve curve, int top, double most) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.values().length; i++) {
            double x = LEFT + width() * (i + 1.0) / curve.values().length;
            double y = top + HEIGHT * (1 - curve.values()[i] / most);
            points.append(String.format(Locale.ROOT, "%.0f,%.1f ", x, y));
        }
        add(
                "<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>",
                curve.color(), points.toString().strip());
    }

    private void text(int x, int y, String anchor, String color, String text) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>", x, y, anchor, color, text);
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static int width() {
        return WIDTH - LEFT - RIGHT;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
    }
}
