package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.measure.Interval;
import io.fanwire.bench.peer.Peer;
import io.fanwire.harness.LiveHeap;
import io.fanwire.loadtest.measure.ProcessUsage;
import io.fanwire.loadtest.measure.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Idle connections: memory, handshakes, heartbeats. */
@Command(
        name = "idle",
        description = "Measures what idle connections with one subscription each cost a node.",
        mixinStandardHelpOptions = true)
public final class IdleCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    @Mixin
    private BedOptions bed = new BedOptions();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "19000",
            description = "Default: ${DEFAULT-VALUE}; a process can't open more files than its limit.")
    private int connections;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(names = "--classes", description = "Also prints what the heap consists of at the end.")
    private boolean classes;

    @Override
    public Integer call() {
        Bed shared = bed.bed(Duration.ofSeconds(60));
        Table table = new Table(
                "connections",
                "topics",
                "resident MiB",
                "resident KB each",
                "after GC MiB",
                "after GC KB each",
                "live heap KB each",
                "handshakes/s",
                "CPU ms/handshake");
        try (Bed.NodeUnderTest node = shared.startNode();
                Crowd crowd = new Crowd(node.peer(), shared.loops())) {
            shared.sleep(SETTLE);
            long emptyResident = resident(node.peer());
            long emptyHeap = LiveHeap.of(node.peer().pid()).bytes();
            long emptyCollected = resident(node.peer());
            for (int i = 1; i <= steps; i++) {
                Interval joined = join(crowd, node.peer(), connections / steps);
                shared.sleep(SETTLE);
                long resident = resident(node.peer());
                LiveHeap heap = LiveHeap.of(node.peer().pid());
                long collected = resident(node.peer());
                int count = crowd.size();
                table.add(List.of(
                        "%,d".formatted(count),
                        "1",
                        "%,d".formatted(resident >> 20),
                        kilobytes(resident - emptyResident, count),
                        "%,d".formatted(collected >> 20),
                        kilobytes(collected - emptyCollected, count),
                        kilobytes(heap.bytes() - emptyHeap, count),
                        "%,.0f".formatted(joined.perSecond()),
                        "%.3f".formatted(joined.serverMicros() / 1e3)));
                if (classes && i == steps) heap.classes().forEach(System.out::println);
            }
            System.out.println(table);
            heartbeats(shared, node.peer(), crowd, emptyResident);
        }
        return 0;
    }

    private static Interval join(Crowd crowd, Peer peer, int more) {
        Interval.Start start = Interval.Start.now(peer.pid(), crowd.size());
        crowd.join(more, each -> "bench-idle", PATIENCE);
        return start.until(crowd.size());
    }

    private static void heartbeats(Bed bed, Peer peer, Crowd crowd, long emptyResident) {
        Interval.Start start = Interval.Start.now(peer.pid(), 0);
        bed.sleep(bed.measured());
        Interval idle = start.until(1);
        System.out.printf(
                "%,d idle connections for %.0f s: %.2f%% of one core, %d lost, then %s KB resident each%n",
                crowd.size(),
                idle.nanos() / 1e9,
                100.0 * idle.serverNanos() / idle.nanos(),
                crowd.lost(),
                kilobytes(resident(peer) - emptyResident, crowd.size()));
    }

    private static long resident(Peer peer) {
        return ProcessUsage.of(peer.pid()).residentBytes();
    }

    private static String kilobytes(long bytes, int count) {
        return "%.2f".formatted(bytes / 1024.0 / count);
    }
}
