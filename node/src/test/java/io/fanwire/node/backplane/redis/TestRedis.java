package io.fanwire.node.backplane.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/** A Redis of its own on a free port, without persistence, that a test can kill, start again and pause. */
final class TestRedis implements AutoCloseable {
    private final int port = freePort();
    private final String[] options;
    private Process process;

    TestRedis(String... options) {
        this.options = options;
        start();
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** After {@link #kill}: on the same port. */
    void start() {
        try {
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start redis-server", e);
        }
        await().atMost(Duration.ofSeconds(10)).until(this::accepts);
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
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
        if (process.isAlive()) resume();
        kill();
    }

    private String[] command() {
        String fixed = "redis-server --bind 127.0.0.1 --port " + port + " --save  --appendonly no";
        String[] base = fixed.split(" ", -1);
        String[] all = Arrays.copyOf(base, base.length + options.length);
        System.arraycopy(options, 0, all, base.length, options.length);
        return all;
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot signal redis-server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
