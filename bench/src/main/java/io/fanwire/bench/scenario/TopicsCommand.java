package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.peer.Peer;
import io.fanwire.harness.LiveHeap;
import io.fanwire.loadtest.measure.ProcessUsage;
import io.fanwire.loadtest.measure.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many topics: what one with a single subscriber costs in memory, quiet, with a log, and quiet again. */
@Command(
        name = "topics",
        description = "Measures the memory of topics with one subscriber each.",
        mixinStandardHelpOptions = true)
public final class TopicsCommand implements Callable<Integer> {
    // The default of limits.subscriptions.
    private static final int TOPICS_PER_SESSION = 1_000;
    private static final int PAYLOAD_BYTES = 100;
    private static final int BURST = 500;
    private static final Duration BETWEEN_BURSTS = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(10);
    // The default of topics.log-age, and some time to look at all topics.
    private static final Duration LOG_AGE = Duration.ofSeconds(45);

    @Mixin
    private BedOptions options = new BedOptions();

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "100",
            description = "With 1,000 topics each. Default: ${DEFAULT-VALUE}")
    private int sessions;

    @Option(names = "--classes", description = "Also prints what the heap consists of at each stage.")
    private boolean classes;

    private final Table table = new Table(
            "stage",
            "topics",
            "resident MiB",
            "resident KB/topic",
            "after GC MiB",
            "after GC KB/topic",
            "live heap MiB",
            "live heap KB/topic",
            "CPU µs/topic");

    @Override
    public Integer call() {
        Bed bed = options.bed(Duration.ZERO);
        List<String> topics = IntStream.range(0, sessions * TOPICS_PER_SESSION)
                .mapToObj(i -> "bench-topics-" + i)
                .toList();
        try (Bed.NodeUnderTest node = bed.startNode();
                Crowd crowd = new Crowd(node.peer(), bed.loops());
                Publisher publisher = new Publisher(node.peer(), topics, PAYLOAD_BYTES)) {
            bed.sleep(SETTLE);
            Stages stages = new Stages(bed, node.peer(), topics.size());
            stages.add("subscribed", () -> crowd.joinAll(sessions, i -> ofSession(topics, i), PATIENCE));
            stages.add("one publication each", () -> publishToEach(bed, crowd, publisher, topics.size()));
            stages.add("log age later", () -> bed.sleep(LOG_AGE));
        }
        System.out.println(table);
        System.out.println("Goal: at most 1.5 KB a topic.");
        return 0;
    }

    private static List<String> ofSession(List<String> topics, int session) {
        return topics.subList(session * TOPICS_PER_SESSION, (session + 1) * TOPICS_PER_SESSION);
    }

    /** At a pace that the node keeps without queues, which would be measured as well. */
    private static void publishToEach(Bed bed, Crowd crowd, Publisher publisher, int topics) {
        for (int i = 0; i < topics; i += BURST) {
            publisher.burst(Math.min(BURST, topics - i));
            bed.sleep(BETWEEN_BURSTS);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (crowd.delivered() < topics) {
            if (System.nanoTime() - deadline > 0)
                throw new IllegalStateException("only " + crowd.delivered() + " publications of " + topics + " came");
            bed.sleep(POLL);
        }
    }

    /** What the node holds after each stage, on top of what it held before the first. */
    private final class Stages {
        private final Bed bed;
        private final Peer peer;
        private final int topics;
        private final long emptyResident;
        private final long emptyHeap;
        private final long emptyCollected;

        Stages(Bed bed, Peer peer, int topics) {
            this.bed = bed;
            this.peer = peer;
            this.topics = topics;
            this.emptyResident = resident();
            this.emptyHeap = LiveHeap.of(peer.pid()).bytes();
            this.emptyCollected = resident();
        }

        void add(String name, Runnable work) {
            Duration before = ProcessUsage.of(peer.pid()).cpu();
            work.run();
            Duration spent = ProcessUsage.of(peer.pid()).cpu().minus(before);
            bed.sleep(SETTLE);
            long resident = resident();
            LiveHeap heap = LiveHeap.of(peer.pid());
            long collected = resident();
            table.add(List.of(
                    name,
                    "%,d".formatted(topics),
                    "%,d".formatted(resident >> 20),
                    perTopic(resident - emptyResident),
                    "%,d".formatted(collected >> 20),
                    perTopic(collected - emptyCollected),
                    "%,d".formatted(heap.bytes() >> 20),
                    perTopic(heap.bytes() - emptyHeap),
                    "%.1f".formatted(spent.toNanos() / 1e3 / topics)));
            if (classes) heap.classes().forEach(System.out::println);
        }

        private long resident() {
            return ProcessUsage.of(peer.pid()).residentBytes();
        }

        private String perTopic(long bytes) {
            return "%.2f".formatted(bytes / 1024.0 / topics);
        }
    }
}
