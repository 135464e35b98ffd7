package io.fanwire.loadtest.load;

import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Collects what traffic came to, and what was wrong with it. For one thread. */
final class TrafficJudge {
    private final Measured measured;
    private final Duration elapsed;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean failed;
    private boolean hard;

    TrafficJudge(Measured measured, Duration elapsed) {
        this.measured = measured;
        this.elapsed = elapsed;
    }

    /** Publications, deliveries, and how late. Nothing may be lost in silence, and something has to come. */
    TrafficJudge traffic() {
        figure("publications", Rate.perSecond(measured.sum(Second::published), elapsed), "/s");
        figure("deliveries", Rate.perSecond(measured.sum(Second::delivered), elapsed), "/s");
        count("delivered", measured.sum(Second::delivered));
        latencies("delivery", measured.delivery());
        latencies("publish to answer", measured.latency("publish"));
        count("missed, told", measured.count("missed"));
        count("missed in silence", measured.count("silent"));
        count("duplicates", measured.count("duplicates"));
        latencies("load tool late", measured.latency("tool late"));
        if (measured.sum(Second::delivered) == 0) fail("nothing was delivered");
        if (measured.count("duplicates") > 0) fail("%,d publications came twice", measured.count("duplicates"));
        if (measured.count("silent") > 0) fail("%,d publications were lost in silence", measured.count("silent"));
        if (measured.count("missed") > 0)
            remark("subscribers were told that they missed %,d publications", measured.count("missed"));
        if (measured.count("refused") > 0) fail("%,d publications were refused", measured.count("refused"));
        if (measured.count("unanswered") > 0)
            remark("%,d publications were not answered", measured.count("unanswered"));
        if (measured.count("unsent") > 0)
            remark("%,d publications were due, and not sent before the end", measured.count("unsent"));
        return this;
    }

    TrafficJudge rate(int asked) {
        double reached = Rate.perSecond(measured.sum(Second::published), elapsed);
        if (!Rate.isReached(asked, reached)) missed("asked for %,d publications/s, reached %,.0f", asked, reached);
        return this;
    }

    /** Nobody who was in may be thrown out. */
    TrafficJudge connections() {
        long ended = measured.total(Second::ended);
        long away = measured.count("away at the end");
        long refused = measured.count("refused subscriptions");
        count(
                "connections",
                measured.seconds().stream().mapToLong(Second::connections).max().orElse(0));
        if (ended > 0) fail("%,d connections ended unasked", ended);
        if (away > 0) fail("%,d subscribers were not there at the end", away);
        if (refused > 0) fail("%,d subscriptions were refused", refused);
        return this;
    }

    TrafficJudge latencies(String name, Histogram nanos) {
        if (nanos.getTotalCount() == 0) return this;
        for (double percentile : new double[] {50, 90, 99, 99.9})
            figures.add(Figure.millis(name + " p" + text(percentile), nanos, percentile));
        figures.add(Figure.millis(name + " max", nanos, 100));
        return this;
    }

    TrafficJudge count(String name, long value) {
        figures.add(Figure.count(name, value));
        return this;
    }

    TrafficJudge figure(String name, double value, String unit) {
        figures.add(new Figure(name, value, unit));
        return this;
    }

    void remark(String format, Object... values) {
        remarks.add(String.format(Locale.ROOT, format, values));
    }

    /** It failed, and is the system's fault. */
    void fail(String format, Object... values) {
        hard = true;
        missed(format, values);
    }

    /** It failed; whose fault it is depends on whether the tool had time left. */
    void missed(String format, Object... values) {
        failed = true;
        remark(format, values);
    }

    Judgement judgement() {
        return new Judgement(failed ? Verdict.FAILED : Verdict.FINE, hard, remarks, figures, null);
    }

    private static String text(double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }
}
