package io.fanwire.node.backplane.redis;

import io.fanwire.harness.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** A Redis of its own, that a test can kill, start again and pause, and look into. */
final class TestRedis implements AutoCloseable {
    private final RedisServer server;

    /** Keeps nothing over a kill. */
    TestRedis() {
        this(RedisServer.launchForTests());
    }

    private TestRedis(RedisServer server) {
        this.server = server;
    }

    /** Keeps everything over a kill. */
    static TestRedis persistent() {
        // Written before it is answered: by default a write waits while the disk is busy with those before.
        return new TestRedis(RedisServer.launchProcess("--appendonly", "yes", "--appendfsync", "no"));
    }

    /** One that others can copy. */
    static TestRedis master() {
        return new TestRedis(RedisServer.launchProcess("--repl-diskless-sync-delay", "0"));
    }

    /** A copy of a {@link #master}. */
    static TestRedis replicaOf(TestRedis master) {
        return new TestRedis(RedisServer.launchProcess("--replicaof", "127.0.0.1", Integer.toString(master.port())));
    }

    int port() {
        return server.port();
    }

    String uri() {
        return server.uri();
    }

    /** After {@link #kill}: on the same port. */
    void start() {
        server.start();
    }

    void kill() {
        server.kill();
    }

    void pause() {
        server.pause();
    }

    void resume() {
        server.resume();
    }

    /** One command on a connection of its own. */
    <T> T ask(Function<RedisCommands<String, String>, T> command) {
        RedisClient client = RedisClient.create(uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return command.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    void tell(Consumer<RedisCommands<String, String>> command) {
        ask(commands -> {
            command.accept(commands);
            return true;
        });
    }

    @Override
    public void close() {
        server.close();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
