package io.fanwire.loadtest.load;

import static io.fanwire.loadtest.result.Figure.count;
import static io.fanwire.loadtest.result.Figure.millis;

import io.fanwire.loadtest.chaos.Bound;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.verify.VerifyScenario;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** What became of clients' connections at the worst moments, and what the others felt of it, as rows of the final table. */
final class ConnectionFigures {
    private static final int P99 = 99;

    private ConnectionFigures() {}

    static List<Figure> of(Measured measured) {
        long clients = measured.count(VerifyScenario.CLIENTS);
        if (clients == 0) return List.of();
        long away = clients - measured.count(VerifyScenario.FEWEST);
        Histogram others = measured.latency(VerifyScenario.UNDISTURBED);
        Histogram seconds = measured.latency(VerifyScenario.UNDISTURBED_SECONDS);
        return List.of(
                new Figure(Bound.DISCONNECTED_AT_ONCE.figure(), 100.0 * away / clients, "%"),
                new Figure(
                        Bound.DISCONNECTED_IN_A_SECOND.figure(), 100.0 * most(measured, Second::ended) / clients, "%"),
                count("handshakes in a second, most", most(measured, Second::opened)),
                count("attempts refused in a second, most", most(measured, Second::failed)),
                new Figure("until all were connected again, longest", longestOutage(measured), "s"),
                millis("delivery latency p99 of those never disconnected", others, P99),
                millis("the same in its worst second", seconds, 100));
    }

    private static long most(Measured measured, ToLongFunction<Second> value) {
        return measured.seconds().stream().mapToLong(value).max().orElse(0);
    }

    private static double longestOutage(Measured measured) {
        return (double) measured.latency(VerifyScenario.BACK).getMaxValue() / TimeUnit.SECONDS.toNanos(1);
    }
}
