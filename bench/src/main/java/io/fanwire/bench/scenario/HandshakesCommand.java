package io.fanwire.bench.scenario;

import io.fanwire.bench.peer.Peer;
import io.fanwire.bench.peer.Peers;
import io.fanwire.loadtest.measure.Percentiles;
import io.fanwire.loadtest.measure.Table;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Clients that come and go beside those that stay. */
@Command(
        name = "handshakes",
        description = "Measures what connecting clients cost a node, and its subscribers.",
        mixinStandardHelpOptions = true)
public final class HandshakesCommand implements Callable<Integer> {
    private static final int WARM_UP = 20_000;
    private static final int PARALLEL = 64;

    @Mixin
    private BedOptions options = new BedOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Handshakes per second beside live traffic. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Handshakes at full speed, and a fifth of it one after another. Default: ${DEFAULT-VALUE}")
    private int count;

    private final Table table = new Table(Stream.of(
                    Stream.of("server", "handshakes", "number", "per second", "CPU ms each", "p50 ms each"),
                    Percentiles.heads("ms").map(head -> "live " + head))
            .flatMap(each -> each)
            .toArray(String[]::new));

    @Override
    public Integer call() {
        Bed bed = options.bed(Duration.ofSeconds(15));
        try (Bed.NodeUnderTest node = bed.startNode()) {
            measure(bed, node.peer());
        }
        if (Peers.hasNats()) {
            try (Peer nats = Peers.nats()) {
                measure(bed, nats);
            }
        }
        System.out.println(table);
        System.out.println("Live: 1,000 subscribers of one topic at 50/s. Its CPU without handshakes is taken off.");
        System.out.println("Goals, once warm: at most 0.3 ms of CPU each; live p99 at most twice that without.");
        return 0;
    }

    private void measure(Bed bed, Peer peer) {
        try (HandshakesRun run = new HandshakesRun(bed, peer)) {
            run.warmUp();
            HandshakesRun.Result first = run.fullSpeed(WARM_UP, PARALLEL);
            HandshakesRun.Result none = run.none();
            add(peer, "none", none, none);
            add(peer, "the first, %d at a time".formatted(PARALLEL), first, none);
            add(peer, "paced", run.paced(rate), none);
            add(peer, "%d at a time".formatted(PARALLEL), run.fullSpeed(count, PARALLEL), none);
            run.silence();
            // Nothing to take off, and nothing to wait behind.
            HandshakesRun.Result silent = run.none();
            add(peer, "%d at a time, nothing live".formatted(PARALLEL), run.fullSpeed(count, PARALLEL), silent);
            add(peer, "one after another, nothing live", run.fullSpeed(count / 5, 1), silent);
        }
    }

    private void add(Peer peer, String what, HandshakesRun.Result result, HandshakesRun.Result none) {
        table.add(Stream.of(
                        Stream.of(peer.name(), what), result.cells(none.interval()), Percentiles.millis(result.live()))
                .flatMap(each -> each)
                .toList());
    }
}
