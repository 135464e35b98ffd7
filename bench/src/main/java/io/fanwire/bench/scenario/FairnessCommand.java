package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.peer.FanwirePeer;
import io.fanwire.bench.peer.Peer;
import io.fanwire.harness.NodeSpec;
import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.measure.Percentiles;
import io.fanwire.loadtest.measure.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a huge topic does to small ones. */
@Command(
        name = "fairness",
        description = "Measures how late small topics are while a big one is fanned out.",
        mixinStandardHelpOptions = true)
public final class FairnessCommand implements Callable<Integer> {
    private static final String BIG_TOPIC = "bench-big";
    private static final int PAYLOAD_BYTES = 128;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ROUNDS = 3;

    @Mixin
    private BedOptions options = new BedOptions();

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "15000",
            description = "Of the big topic. Default: ${DEFAULT-VALUE}")
    private int subscribers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2",
            description = "Publications of the big topic per second. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--small-topics",
            paramLabel = "N",
            defaultValue = "8",
            description = "Enough for one on each lane. Default: ${DEFAULT-VALUE}")
    private int smallTopics;

    @Option(
            names = "--small-rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Publications of each per second. Default: ${DEFAULT-VALUE}")
    private int smallRate;

    private final Histogram big = Latencies.none();
    private final Histogram quiet = Latencies.none();
    private final Histogram besideBig = Latencies.none();
    private final Histogram otherQuiet = Latencies.none();
    private final Histogram otherBesideBig = Latencies.none();

    @Override
    public Integer call() {
        Bed bed = options.bed(Duration.ofSeconds(30));
        try (Bed.NodeUnderTest node = bed.startNode();
                FanwirePeer other = node.peer().another(NodeSpec.onFreePorts());
                Crowd crowd = new Crowd(node.peer(), bed.loops());
                Small small = new Small(node.peer(), "bench-small-");
                Small elsewhere = new Small(other, "bench-elsewhere-")) {
            crowd.join(subscribers, each -> BIG_TOPIC, PATIENCE);
            fanOutDuring(bed.warmUp(), bed, crowd, node.peer());
            for (int i = 0; i < ROUNDS; i++) round(bed, crowd, node.peer(), small, elsewhere);
            if (crowd.lost() > 0) throw new IllegalStateException("clients were lost: " + crowd.lastLoss());
        }
        print();
        return 0;
    }

    private void round(Bed bed, Crowd crowd, Peer peer, Small small, Small elsewhere) {
        Duration part = bed.measured().dividedBy(ROUNDS);
        crowd.takeLatencies();
        small.skip();
        elsewhere.skip();
        bed.sleep(part);
        quiet.add(small.take());
        otherQuiet.add(elsewhere.take());
        fanOutDuring(part, bed, crowd, peer);
        besideBig.add(small.take());
        otherBesideBig.add(elsewhere.take());
        big.add(crowd.takeLatencies());
    }

    private void fanOutDuring(Duration time, Bed bed, Crowd crowd, Peer peer) {
        long before = crowd.delivered();
        try (Publisher publisher = new Publisher(peer, List.of(BIG_TOPIC), PAYLOAD_BYTES)) {
            publisher.keepRate(rate);
            bed.sleep(time);
        }
        if (crowd.delivered() == before) throw new IllegalStateException("the big topic's publications did not come");
    }

    private void print() {
        Table table = new Table(Stream.concat(Stream.of("topic", "big fan-outs", "deliveries"), Percentiles.heads("ms"))
                .toArray(String[]::new));
        add(table, "small", "no", quiet);
        add(table, "small", "yes", besideBig);
        add(table, "small, on another node", "no", otherQuiet);
        add(table, "small, on another node", "yes", otherBesideBig);
        add(table, "big", "yes", big);
        System.out.println(table);
        System.out.printf(
                "Added to small topics: p50 %s, p99 %s, max %s; goal: at most 10 ms.%n",
                added(50), added(99), added(100));
        System.out.println(
                "Clients and nodes share the machine's cores. The other node fans nothing out: what its small"
                        + " topics get later is the machine's.");
    }

    private static void add(Table table, String topic, String fanOuts, Histogram latencies) {
        table.add(Stream.concat(
                        Stream.of(topic, fanOuts, "%,d".formatted(latencies.getTotalCount())),
                        Percentiles.millis(latencies))
                .toList());
    }

    private String added(double percentile) {
        long nanos = besideBig.getValueAtPercentile(percentile) - quiet.getValueAtPercentile(percentile);
        return "%.2f ms".formatted(nanos / 1e6);
    }

    /** Small topics of a node under constant load, with one subscriber each, on threads that the big topic has none of. */
    private final class Small implements AutoCloseable {
        private final Crowd crowd;
        private final Publisher publisher;

        Small(Peer peer, String prefix) {
            List<String> topics =
                    IntStream.range(0, smallTopics).mapToObj(i -> prefix + i).toList();
            crowd = new Crowd(peer, 1);
            crowd.join(smallTopics, topics::get, PATIENCE);
            publisher = new Publisher(peer, topics, PAYLOAD_BYTES);
            publisher.keepRate(smallRate * smallTopics);
        }

        Histogram take() {
            return crowd.takeLatencies();
        }

        void skip() {
            crowd.takeLatencies();
        }

        @Override
        public void close() {
            publisher.close();
            crowd.close();
        }
    }
}
