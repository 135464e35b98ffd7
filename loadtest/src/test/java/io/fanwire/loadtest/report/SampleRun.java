package io.fanwire.loadtest.report;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.result.ResultFile;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** A run that might have been: a minute over three nodes, of which one is killed and comes back. */
final class SampleRun {
    private static final int SECONDS = 60;
    private static final int KILLED = 20;
    private static final int BACK = 30;
    private static final int PAUSED = 40;

    private final Random random;
    private final double slowness;

    private SampleRun(long seed, double slowness) {
        this.random = new Random(seed);
        this.slowness = slowness;
    }

    /** Writes some to look at in a browser into the directory that is named. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        ResultFile.write(directory.resolve("before.json"), chaos(1, 1));
        ResultFile.write(directory.resolve("after.json"), chaos(2, 1.7));
        ResultFile.write(
                directory.resolve("hostile.json"), hostile("</script><script>document.title='hacked'</script>"));
        ResultFile.write(directory.resolve("nothing.json"), nothing());
    }

    /** @param slowness 1 is fast */
    static RunResult chaos(long seed, double slowness) {
        return new SampleRun(seed, slowness).chaos();
    }

    /** One that says this everywhere where a text of a user's may stand. */
    static RunResult hostile(String text) {
        RunResult run = chaos(3, 1);
        return new RunResult(
                run.format(),
                text,
                text,
                text,
                run.seconds(),
                1,
                new TreeMap<>(Map.of(text, text)),
                Verdict.BOTTLENECK,
                List.of(text),
                List.of(new Figure(text, 1, text)),
                measured(run.measured(), text),
                List.of(new NodeSeries(text, run.nodes().get(0).samples())),
                List.of(new Mark(10, text)),
                List.of(new Recovery(10, text, 0.5)),
                run.account());
    }

    /** One in which nothing happened at all. */
    static RunResult nothing() {
        var measured = new Measured(
                List.of(), Second.none(1_000), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, 0, null);
        return new RunResult(
                RunResult.FORMAT,
                "connect",
                "load connect",
                "2026-05-04T10:00:00Z",
                0,
                1,
                new TreeMap<>(),
                Verdict.FAILED,
                List.of("ws://localhost:1/ws refuses connections"),
                List.of(),
                measured,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static Measured measured(Measured measured, String text) {
        return new Measured(
                measured.seconds(),
                Second.none(1_000),
                new TreeMap<>(Map.of(text, measured.delivery())),
                new TreeMap<>(Map.of(text, 1L)),
                new TreeMap<>(Map.of(text, 1L)),
                1,
                1,
                null);
    }

    private RunResult chaos() {
        Measured measured = measured();
        return new RunResult(
                RunResult.FORMAT,
                "chaos",
                "load chaos --plan kill-and-pause.yaml --nodes 3 --subscribers 3000 --rate 500 --json chaos.json",
                "2026-05-04T10:00:00Z",
                SECONDS,
                2,
                new TreeMap<>(Map.of(
                        "--nodes", "3",
                        "--payload", "128",
                        "--plan", "kill-and-pause.yaml",
                        "--rate", "500",
                        "--subscribers", "3000",
                        "--topics", "10")),
                Verdict.FINE,
                List.of(
                        "every publication reached every subscriber, or the subscriber was told",
                        "asked 500 publications/s, reached 497/s"),
                figures(measured),
                measured,
                IntStream.rangeClosed(1, 3).mapToObj(this::node).toList(),
                List.of(
                        new Mark(KILLED, "kill node 2"),
                        new Mark(BACK, "start node 2"),
                        new Mark(PAUSED, "pause redis for 3s"),
                        new Mark(PAUSED + 3.0, "redis goes on")),
                List.of(new Recovery(KILLED, "kill node 2", 1.8), new Recovery(PAUSED + 3.0, "resume redis", 0.4)),
                account(measured));
    }

    private Measured measured() {
        List<Second> seconds =
                IntStream.range(0, SECONDS).mapToObj(this::second).toList();
        return new Measured(
                seconds,
                Second.none(1_000),
                new TreeMap<>(Map.of(
                        "back", latencies(1_000, 400e6, 0.5),
                        "handshake", latencies(4_000, 6e6, 0.8),
                        "publish", latencies(30_000, 1.2e6, 0.6))),
                new TreeMap<>(Map.of("reconnects", 1_000L, "resumes", 998L)),
                new TreeMap<>(Map.of("connection reset", 1_000L, "handshake timed out after 5 s", 7L)),
                0.81,
                0.46,
                null);
    }

    private Second second(int at) {
        boolean paused = at >= PAUSED && at < PAUSED + 3;
        long published = paused ? 0 : 480 + random.nextInt(40);
        long delivered = at == KILLED ? published * 200 : published * 300;
        double center = at == KILLED || at == PAUSED + 3 ? 180e6 : 1.6e6;
        return new Second(
                at,
                at >= KILLED && at < KILLED + 2 ? 2_000 : 3_000,
                at == KILLED + 2 ? 1_000 : 0,
                at == KILLED + 1 ? 7 : 0,
                at == KILLED ? 1_000 : 0,
                published,
                delivered,
                at == KILLED + 2 ? 40 : 0,
                latencies(delivered / 100, center, 0.7));
    }

    private Histogram latencies(long count, double center, double spread) {
        Histogram histogram = Latencies.none();
        for (long i = 0; i < count; i++) {
            double stretched = center * slowness * Math.exp(spread * random.nextGaussian());
            Latencies.record(histogram, (long) (random.nextInt(500) == 0 ? stretched * 8 : stretched));
        }
        return histogram;
    }

    private NodeSeries node(int number) {
        List<NodeSample> samples = IntStream.rangeClosed(-1, SECONDS)
                .filter(at -> number != 2 || at < KILLED || at > BACK + 1)
                .mapToObj(at -> sample(number, at))
                .toList();
        return new NodeSeries("http://localhost:909" + number + "/metrics", samples);
    }

    private NodeSample sample(int number, int at) {
        boolean alone = at >= KILLED && at <= BACK + 1;
        return new NodeSample(
                at + 0.1 * number,
                (alone ? 0.55 : 0.36) * slowness + 0.05 * random.nextDouble(),
                (180L + 3 * number) << 20,
                (long) (40 + at * 7 % 50) << 20,
                (alone ? 1_500 : 1_000) + 3 * number,
                at * 50_000L,
                at * 10L,
                1_100);
    }

    private static List<Figure> figures(Measured measured) {
        double millis = 1e6;
        Histogram delivery = measured.delivery();
        return List.of(
                new Figure("publications", measured.sum(Second::published) / (double) SECONDS, "/s"),
                new Figure("deliveries", measured.sum(Second::delivered) / (double) SECONDS, "/s"),
                new Figure("latency p50", delivery.getValueAtPercentile(50) / millis, "ms"),
                new Figure("latency p99", delivery.getValueAtPercentile(99) / millis, "ms"),
                new Figure("latency p99.9", delivery.getValueAtPercentile(99.9) / millis, "ms"),
                new Figure("latency max", delivery.getMaxValue() / millis, "ms"),
                new Figure("deliveries of all", measured.sum(Second::delivered), ""),
                new Figure("memory of a connection", 8_123, "B"));
    }

    private static Account account(Measured measured) {
        long expected = measured.sum(Second::published) * 300;
        return new Account(
                measured.sum(Second::published),
                12,
                expected,
                expected - 40,
                1_204,
                0,
                0,
                40,
                0,
                0,
                0,
                2,
                50,
                new TreeMap<>(Map.of("HISTORY_EXCEEDED", 40L)));
    }
}
