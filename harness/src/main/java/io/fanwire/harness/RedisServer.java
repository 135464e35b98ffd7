package io.fanwire.harness;

import java.util.List;

/**
 * A real, private Redis on a free loopback port, by default without persistence: a restart loses everything. Closing it
 * leaves nothing behind, and neither does the end of this JVM.
 *
 * <p>Every method blocks until Redis has reached the state asked for, for at most some seconds, and throws {@link
 * HarnessException} if it does not. Methods may be called from any thread, one at a time.
 */
public interface RedisServer extends AutoCloseable {
    /**
     * Starts the installed Redis, or else the bundled one.
     *
     * @throws HarnessException if neither starts; with what it printed
     */
    static RedisServer launch() {
        return launch(RedisPersistence.NONE);
    }

    /**
     * The same, with what it is to keep on disk.
     *
     * @throws HarnessException if neither starts; with what it printed
     */
    static RedisServer launch(RedisPersistence persistence) {
        return RedisChoice.forDemo().launch(persistence);
    }

    /**
     * Starts a Redis for a test: in a container where Docker answers, else the installed one, else the bundled one.
     * The first call prints which.
     *
     * @throws HarnessException if none starts
     */
    static RedisServer launchForTests() {
        return RedisChoice.forTests().launch(RedisPersistence.NONE);
    }

    /**
     * Starts a Redis as a process of this machine, the installed or else the bundled one, with options of its own: a
     * replica, or one that keeps its data over a {@link #kill} and {@link #start}.
     *
     * @param options as on the command line of {@code redis-server}; they go over those that it gets anyway
     * @throws HarnessException if neither starts; with what it printed
     */
    static RedisServer launchProcess(String... options) {
        return RedisChoice.forDemo().launchProcess(List.of(options));
    }

    /** For example {@code redis://127.0.0.1:21345}. */
    String uri();

    /** Stays the same over {@link #kill} and {@link #start}. */
    int port();

    /** What runs, for a user to read: {@code installed /usr/bin/redis-server 7.0.15}. */
    String describe();

    /** Whether it is there; a paused one is. False also if it has ended by itself. */
    boolean isRunning();

    /** Kills the server (SIGKILL); clients see their connections reset. Does nothing if it is not running. */
    void kill();

    /** Starts a server again that was killed or has ended, on the same port, with what is on its disk. */
    void start();

    /** Deletes what is on the disk of a server that was killed or has ended: it starts empty. */
    void forget();

    /** Freezes the server (SIGSTOP): connections stay open, nothing is answered. */
    void pause();

    /** Lets a paused server go on (SIGCONT). */
    void resume();

    /** Stops the server and removes its files. May be called again. */
    @Override
    void close();
}
