package io.fanwire.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An operating system process that this JVM started and that does not outlive it. Its standard input stays open as
 * long as this JVM lives, so a child that reads it learns even of a SIGKILL of its parent.
 *
 * <p>Methods may be called from any thread.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(1);

    private final String name;
    private final Process process;
    private final RecentLines output;
    private final RecentLines errors;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = new RecentLines(process.getInputStream(), name + "-output");
        this.errors = new RecentLines(process.getErrorStream(), name + "-errors");
    }

    /**
     * Starts a command in this process's directory.
     *
     * @throws HarnessException if it can't be started, or this JVM is ending
     */
    public static ChildProcess start(List<String> command) {
        return start(Children.Role.NODE, command, Map.of(), Path.of("").toAbsolutePath());
    }

    /**
     * Starts a command with additional environment. It inherits this JVM's, but no {@code FANWIRE_} variable: those
     * are settings of somebody else, and a node refuses what it does not know.
     *
     * @param role when it is to be stopped at the end of this JVM
     * @throws HarnessException if it can't be started, or this JVM is ending
     */
    static ChildProcess start(Children.Role role, List<String> command, Map<String, String> env, Path directory) {
        String name = Path.of(command.get(0)).getFileName().toString();
        var builder = new ProcessBuilder(Session.own(command)).directory(directory.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("FANWIRE_"));
        builder.environment().putAll(env);
        try {
            return new ChildProcess(name, Children.start(role, builder));
        } catch (IOException e) {
            throw new HarnessException(name + " can't be started: " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalThreadStateException while it runs */
    int exitCode() {
        return process.exitValue();
    }

    /** Waits that long for the end. Returns whether it has ended. */
    public boolean awaitExit(Duration timeout) {
        try {
            return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while waiting for " + name, e);
        }
    }

    List<String> output() {
        return said(output);
    }

    List<String> errors() {
        return said(errors);
    }

    // The last words of one that has ended may still lie in the pipe.
    private List<String> said(RecentLines lines) {
        try {
            return process.isAlive() ? lines.list() : lines.awaitEnd().list();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lines.list();
        }
    }

    /** All that an ended process printed, standard error last, in one line. */
    public String lastWords() {
        try {
            var said = new ArrayList<>(output.awaitEnd().list());
            said.addAll(errors.awaitEnd().list());
            return String.join(" | ", said.subList(Math.max(0, said.size() - 10), said.size()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** SIGSTOP, and waits until every thread has stopped: the signal itself is only asked for. */
    void pause() {
        Signal.STOP.send(pid());
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (!Threads.areStopped(pid())) {
            if (System.nanoTime() - deadline > 0) throw new HarnessException(name + " does not stop at SIGSTOP");
            awaitExit(POLL);
        }
    }

    /** SIGCONT. */
    void resume() {
        Signal.CONT.send(pid());
    }

    // By its handle in both: the process's own destroy would also close its streams, and lose what it says last.

    /** SIGKILL, and waits for the end. */
    void kill() {
        process.toHandle().destroyForcibly();
        if (!awaitExit(KILL_TIMEOUT)) throw new HarnessException(name + " (pid " + pid() + ") survives SIGKILL");
        Children.forget(process);
    }

    /** SIGTERM, and SIGKILL if the process has not ended in time. Ends a paused process, too. */
    void stop(Duration timeout) {
        process.toHandle().destroy();
        // A stopped process gets its SIGTERM when it goes on.
        if (process.isAlive()) Signal.CONT.trySend(pid());
        if (!awaitExit(timeout)) kill();
        Children.forget(process);
    }

    /** SIGTERM, and SIGKILL after five seconds. May be called again. */
    @Override
    public void close() {
        stop(STOP_TIMEOUT);
    }
}
