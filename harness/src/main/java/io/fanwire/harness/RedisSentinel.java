package io.fanwire.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Sentinel of its own that watches one Redis, as a child process. It is alone, so it decides alone; it misses its Redis
 * after a second, and makes a replica take its place some seconds later. Closing it leaves nothing behind.
 *
 * <p>Methods may be called from any thread, one at a time.
 */
public final class RedisSentinel implements AutoCloseable {
    private static final String FILE = "sentinel.conf";

    private final TemporaryDirectory directory;
    private final ChildProcess process;
    private final String master;
    private final int port;

    private RedisSentinel(TemporaryDirectory directory, ChildProcess process, String master, int port) {
        this.directory = directory;
        this.process = process;
        this.master = master;
        this.port = port;
    }

    /**
     * Starts the installed Redis, or else the bundled one, as a Sentinel, and waits until it answers.
     *
     * @param master what it calls the Redis that it watches
     * @param redisPort where that is, on the loopback interface
     * @param more lines of its configuration
     * @throws HarnessException if it does not start; with what it printed
     */
    public static RedisSentinel watch(String master, int redisPort, String... more) {
        TemporaryDirectory directory = TemporaryDirectory.create("fanwire-sentinel-");
        int port = LoopbackPort.free();
        Path file = write(directory, configuration(master, redisPort, port, List.of(more)));
        List<String> command =
                List.of(RedisChoice.processExecutable().path().toString(), file.toString(), "--sentinel");
        ChildProcess process = ChildProcess.start(Children.Role.REDIS, command, Map.of(), directory.path());
        RedisSentinel sentinel = new RedisSentinel(directory, process, master, port);
        try {
            RedisPing.awaitAnswer(process, port, "the Sentinel");
            return sentinel;
        } catch (HarnessException e) {
            sentinel.close();
            throw e;
        }
    }

    /** For nodes, without a password: {@code redis-sentinel://127.0.0.1:21345/0#main}. */
    public String uri() {
        return "redis-sentinel://127.0.0.1:" + port + "/0#" + master;
    }

    /** Whether it has found a replica, which may take some seconds; before, it has nobody to promote. */
    public boolean knowsReplica() {
        return lines().stream().anyMatch(line -> line.startsWith("sentinel known-replica " + master + " "));
    }

    @Override
    public void close() {
        process.close();
        directory.delete();
    }

    private static List<String> configuration(String master, int redisPort, int port, List<String> more) {
        List<String> lines = new ArrayList<>(List.of(
                "port " + port,
                "bind 127.0.0.1",
                "sentinel monitor " + master + " 127.0.0.1 " + redisPort + " 1",
                "sentinel down-after-milliseconds " + master + " 1000",
                "sentinel failover-timeout " + master + " 5000"));
        lines.addAll(more);
        return lines;
    }

    /** Sentinel keeps what it learns in this file. */
    private static Path write(TemporaryDirectory directory, List<String> lines) {
        try {
            return Files.write(directory.path().resolve(FILE), lines);
        } catch (IOException e) {
            throw new HarnessException("no configuration for a Sentinel: " + e.getMessage(), e);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(directory.path().resolve(FILE));
        } catch (IOException e) {
            throw new HarnessException("the Sentinel's configuration can't be read: " + e.getMessage(), e);
        }
    }
}
