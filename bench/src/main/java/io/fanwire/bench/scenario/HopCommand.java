package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.OneInFlight;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.peer.FanwirePeer;
import io.fanwire.bench.peer.Peer;
import io.fanwire.bench.peer.Peers;
import io.fanwire.bench.peer.RedisRoundTrip;
import io.fanwire.harness.NodeSpec;
import io.fanwire.loadtest.measure.Percentiles;
import io.fanwire.loadtest.measure.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The way of one message, with nothing else on its way. */
@Command(
        name = "hop",
        description = "Measures the latency of one message at a time over two nodes, beside Redis alone.",
        mixinStandardHelpOptions = true)
public final class HopCommand implements Callable<Integer> {
    private static final int PAYLOAD_BYTES = 128;
    private static final int WARM_UP_MESSAGES = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private BedOptions options = new BedOptions();

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "2000",
            description = "On each path in each round. Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Override
    public Integer call() {
        Bed bed = options.bed(Duration.ZERO);
        try (Bed.NodeUnderTest first = bed.startNode();
                FanwirePeer second = first.peer().another(NodeSpec.onFreePorts());
                Peer relay = Peers.relay();
                RedisRoundTrip redis = new RedisRoundTrip(first.peer().redisUri(), PAYLOAD_BYTES);
                Hop across = new Hop(first.peer(), second, "bench-across");
                Hop within = new Hop(first.peer(), first.peer(), "bench-within");
                Hop relayed = new Hop(relay, relay, "bench-relayed")) {
            Path twoNodes = new Path("client, node, Redis, node, client", across::run);
            Path redisAlone = new Path("Lettuce, Redis, Lettuce", redis::run);
            Path oneNode = new Path("client, node, Redis, same node, client", within::run);
            Path bare = new Path("client, bare relay, client", relayed::run);
            List<Path> paths = List.of(twoNodes, redisAlone, oneNode, bare);
            paths.forEach(Path::warmUp);
            for (int i = 0; i < rounds; i++) paths.forEach(each -> each.round(messages));
            print(paths);
            System.out.printf(
                    "p50 over two nodes: %.2f times that of Redis alone; goal: at most 2.%n",
                    twoNodes.p50() / redisAlone.p50());
            // Beside Redis' own, a message over two nodes makes two hops more, as many as a relay makes.
            System.out.printf(
                    "Redis and a relay one after the other, the floor of two nodes: %.1f µs, %.2f times.%n",
                    (redisAlone.p50() + bare.p50()) / 1e3, (redisAlone.p50() + bare.p50()) / redisAlone.p50());
        }
        return 0;
    }

    private static void print(List<Path> paths) {
        Table table = new Table(Stream.concat(Stream.of("path", "messages"), Percentiles.heads("µs"))
                .toArray(String[]::new));
        paths.forEach(each -> table.add(each.cells()));
        System.out.println(table);
    }

    /** A publisher and a subscriber. */
    private static final class Hop implements AutoCloseable {
        private final Crowd receiver;
        private final Publisher publisher;

        Hop(Peer from, Peer to, String topic) {
            receiver = new Crowd(to, 1);
            receiver.join(1, each -> topic, PATIENCE);
            publisher = new Publisher(from, List.of(topic), PAYLOAD_BYTES);
        }

        Histogram run(int messages) {
            return new OneInFlight(receiver, publisher).run(messages);
        }

        @Override
        public void close() {
            publisher.close();
            receiver.close();
        }
    }

    /** What a message goes through, and how long it took. */
    private static final class Path {
        private final String name;
        private final IntFunction<Histogram> run;
        private final List<Histogram> taken = new ArrayList<>();

        Path(String name, IntFunction<Histogram> run) {
            this.name = name;
            this.run = run;
        }

        void warmUp() {
            round(WARM_UP_MESSAGES);
            taken.clear();
        }

        void round(int messages) {
            taken.add(run.apply(messages));
        }

        Histogram all() {
            Histogram all = new Histogram(taken.get(0));
            taken.forEach(all::add);
            return all;
        }

        double p50() {
            return all().getValueAtPercentile(50);
        }

        List<String> cells() {
            Histogram all = all();
            return Stream.concat(Stream.of(name, "%,d".formatted(all.getTotalCount())), Percentiles.micros(all))
                    .toList();
        }
    }
}
