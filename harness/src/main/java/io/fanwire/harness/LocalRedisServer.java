package io.fanwire.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Redis that runs as a child process. */
final class LocalRedisServer implements RedisServer {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final int LAUNCH_ATTEMPTS = 3;

    private final RedisExecutable executable;
    private final List<String> options;
    private final TemporaryDirectory directory;
    private final int port;
    private @Nullable ChildProcess process;

    private LocalRedisServer(RedisExecutable executable, List<String> options, int port) {
        this.executable = executable;
        this.options = options;
        this.port = port;
        this.directory = TemporaryDirectory.create("fanwire-redis-");
    }

    /** Another process may take the free port first; so this tries more than one. */
    static RedisServer launch(RedisExecutable executable, List<String> options) {
        for (int attempt = 1; ; attempt++) {
            var server = new LocalRedisServer(executable, options, LoopbackPort.free());
            try {
                server.start();
                return server;
            } catch (HarnessException e) {
                boolean last = attempt == LAUNCH_ATTEMPTS
                        || !String.valueOf(e.getMessage()).contains("in use");
                server.discard(last);
                if (last) throw e;
            }
        }
    }

    @Override
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String describe() {
        return executable.description();
    }

    @Override
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) throw new HarnessException("Redis runs already");
        var started = ChildProcess.start(Children.Role.REDIS, command(), Map.of(), directory.path());
        process = started;
        awaitAnswer(started);
    }

    @Override
    public synchronized void forget() {
        if (isRunning()) throw new HarnessException("Redis runs, and would write what it knows again");
        directory.empty();
    }

    @Override
    public synchronized void kill() {
        if (process == null) return;
        process.kill();
        process = null;
    }

    @Override
    public synchronized void pause() {
        running().pause();
    }

    @Override
    public synchronized void resume() {
        running().resume();
    }

    @Override
    public synchronized void close() {
        discard(true);
    }

    private synchronized void discard(boolean withExecutable) {
        if (process != null) process.stop(STOP_TIMEOUT);
        process = null;
        directory.delete();
        if (withExecutable) executable.deleteIfTemporary();
    }

    private ChildProcess running() {
        if (process == null) throw new HarnessException("Redis does not run");
        return process;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                executable.path().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                // A replica of it is there at once.
                "--repl-diskless-sync-delay",
                "0",
                "--dir",
                directory.path().toString()));
        command.addAll(options);
        return command;
    }

    private void awaitAnswer(ChildProcess started) {
        try {
            RedisPing.awaitAnswer(started, port, "Redis (" + describe() + ")");
        } catch (HarnessException e) {
            if (!started.isAlive()) process = null;
            throw e;
        }
    }
}
