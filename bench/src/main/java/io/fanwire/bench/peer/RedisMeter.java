package io.fanwire.bench.peer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;

/** What a Redis says of its own CPU and network. One thread. */
public final class RedisMeter implements AutoCloseable {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    public RedisMeter(String uri) {
        client = RedisClient.create(uri);
        connection = client.connect();
    }

    /**
     * Since Redis' start.
     *
     * @param cpuMicros of its process, user and system
     * @param usedBytes of memory, now
     * @param scripts that were called
     */
    public record Reading(double cpuMicros, long bytesOut, long usedBytes, long scripts) {}

    public Reading read() {
        String info = connection.sync().info("all");
        double seconds = number(info, "used_cpu_user") + number(info, "used_cpu_sys");
        return new Reading(
                seconds * 1e6,
                (long) number(info, "total_net_output_bytes"),
                (long) number(info, "used_memory"),
                scripts(info));
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private static long scripts(String info) {
        return info.lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^[^=]*=(\\d+).*", "$1")))
                .sum();
    }

    private static double number(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis does not tell " + name));
    }
}
