package io.fanwire.bench.scenario;

import io.fanwire.bench.load.BackplaneLoad;
import io.fanwire.bench.peer.RedisMeter;
import io.fanwire.harness.RedisServer;
import io.fanwire.protocol.Topic;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What Redis holds for a topic, and for each publication of its history. */
@Command(
        name = "redis-memory",
        description = "Measures Redis' memory of a topic, with one publication and with ten.",
        mixinStandardHelpOptions = true)
public final class RedisMemoryCommand implements Callable<Integer> {
    private static final int BODY = 140;
    private static final int IN_FLIGHT = 64;

    @Option(names = "--topics", paramLabel = "N", defaultValue = "20000", description = "Default: ${DEFAULT-VALUE}")
    private int topics;

    @Override
    public Integer call() {
        for (boolean history : List.of(true, false)) {
            for (int each : List.of(1, 10)) {
                System.out.printf(
                        "%s, %d publications of 128 bytes: %,.0f bytes a topic%n",
                        history ? "with history" : "without history", each, bytesPerTopic(history, each));
            }
        }
        return 0;
    }

    private double bytesPerTopic(boolean history, int publications) {
        List<Topic> all = IntStream.range(0, topics)
                .mapToObj(i -> new Topic("bench:memory-" + i))
                .toList();
        try (RedisServer redis = RedisServer.launch();
                RedisMeter meter = new RedisMeter(redis.uri());
                Listeners publishers = new Listeners(redis.uri(), history, 1, 0, List.of())) {
            long before = meter.read().usedBytes();
            new BackplaneLoad(publishers.publishers(), all, BODY).count((long) topics * publications, IN_FLIGHT);
            return (double) (meter.read().usedBytes() - before) / topics;
        }
    }
}
