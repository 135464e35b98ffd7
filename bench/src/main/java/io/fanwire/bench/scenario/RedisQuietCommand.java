package io.fanwire.bench.scenario;

import io.fanwire.bench.peer.RedisMeter;
import io.fanwire.harness.RedisServer;
import io.fanwire.node.NodeConfig;
import io.fanwire.node.backplane.redis.RedisConfig;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Topics that nothing is published to: a node compares each with Redis now and then. */
@Command(
        name = "redis-quiet",
        description = "Measures what it costs Redis to be compared with, topic by topic.",
        mixinStandardHelpOptions = true)
public final class RedisQuietCommand implements Callable<Integer> {
    private static final Duration RUN = Duration.ofSeconds(5);

    @Option(
            names = "--topics",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Each compared once a second. Default: ${DEFAULT-VALUE}")
    private int topics;

    @Override
    public Integer call() throws InterruptedException {
        List<Topic> all = IntStream.range(0, topics)
                .mapToObj(i -> new Topic("bench:quiet-" + i))
                .toList();
        try (RedisServer redis = RedisServer.launch();
                RedisMeter meter = new RedisMeter(redis.uri());
                Listeners listeners = new Listeners(config(redis.uri()), true, 0, 1, all)) {
            for (int i = 1; i <= 3; i++) {
                RedisMeter.Reading before = meter.read();
                Thread.sleep(RUN.toMillis());
                print(i, before, meter.read());
            }
        }
        return 0;
    }

    private static void print(int run, RedisMeter.Reading before, RedisMeter.Reading after) {
        long calls = after.scripts() - before.scripts();
        System.out.printf(
                "run %d: %,d comparisons, %.1f µs of Redis' CPU each%n",
                run, calls, (after.cpuMicros() - before.cpuMicros()) / calls);
    }

    private static RedisConfig config(String uri) {
        return NodeConfig.from(Map.of("FANWIRE_REDIS_URI", uri, "FANWIRE_REDIS_COMPARE_INTERVAL", "1s"))
                .redis()
                .orElseThrow();
    }
}
