package io.fanwire.harness;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that runs as its own JVM process, on the jar that production runs. It does not outlive this JVM: a shutdown
 * hook stops it, and it ends by itself when this JVM is killed.
 *
 * <p>Methods may be called from any thread. Those that wait are bounded, and throw {@link HarnessException} if the node
 * does not get there, or if the calling thread is interrupted.
 */
public final class NodeProcess implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    // A figure that is missing is none: who asks for one would rather wait for a busy machine.
    private static final Duration METRICS_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final NodeSpec spec;
    private volatile ChildProcess process;

    private NodeProcess(NodeSpec spec) {
        this.spec = spec;
        this.process = spawn(spec);
    }

    /** Starts a node and waits until it is ready. */
    public static NodeProcess launch(NodeSpec spec) {
        NodeProcess node = begin(spec);
        try {
            node.awaitReady();
            return node;
        } catch (HarnessException e) {
            node.close();
            throw e;
        }
    }

    /** Starts a node without waiting, so that several can start at once; call {@link #awaitReady} next. */
    public static NodeProcess begin(NodeSpec spec) {
        return new NodeProcess(spec);
    }

    /**
     * Waits until the node is ready, at most as long as its {@link NodeSpec#readyTimeout}.
     *
     * @throws HarnessException if it isn't in time, or has ended: with what it said last
     */
    public void awaitReady() {
        ChildProcess current = process;
        long deadline = System.nanoTime() + spec.readyTimeout().toNanos();
        while (!current.awaitExit(POLL)) {
            if (isReady()) return;
            if (System.nanoTime() - deadline > 0) throw notReady(current);
        }
        throw new HarnessException("node on port " + spec.port() + " ended with exit code " + current.exitCode() + ": "
                + current.lastWords());
    }

    /** Starts an ended node again on the same ports, and waits until it is ready. */
    public synchronized void start() {
        if (isAlive()) throw new HarnessException("node on port " + spec.port() + " runs already");
        process = spawn(spec);
        awaitReady();
    }

    /** For WebSocket clients. */
    public URI url() {
        return spec.url();
    }

    /** For {@code /livez}, {@code /readyz} and {@code /metrics}. */
    public URI adminUrl() {
        return spec.adminUrl();
    }

    public NodeSpec spec() {
        return spec;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether {@code /readyz} answers with 200 now. */
    public boolean isReady() {
        return AdminPort.status(adminUrl().resolve("/readyz")) == 200;
    }

    /** The same, for those who are more patient with an answer. */
    public boolean isReady(Duration timeout) {
        return AdminPort.status(adminUrl().resolve("/readyz"), timeout) == 200;
    }

    /** What {@code /metrics} says now; empty if the node does not answer within ten seconds. */
    public Metrics metrics() {
        return Metrics.of(adminUrl(), METRICS_TIMEOUT);
    }

    /** The exit code; null while the node runs. */
    public @Nullable Integer exitCode() {
        ChildProcess current = process;
        return current.isAlive() ? null : current.exitCode();
    }

    /** Waits for the node's own end. Returns whether it has ended. */
    public boolean awaitExit(Duration timeout) {
        return process.awaitExit(timeout);
    }

    /** The last lines of its standard output, oldest first; those of a node that has ended are all there. */
    public List<String> output() {
        return process.output();
    }

    /** The last lines of its standard error, oldest first; those of a node that has ended are all there. */
    public List<String> errors() {
        return process.errors();
    }

    /** SIGKILL: the node gets no chance to say goodbye. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: the node freezes; its kernel still acknowledges what clients send. */
    public void pause() {
        process.pause();
    }

    /** SIGCONT: a paused node goes on. */
    public void resume() {
        process.resume();
    }

    /** SIGTERM, so that the node ends in good order; SIGKILL if that takes more than ten seconds. */
    public void stop() {
        stop(STOP_TIMEOUT);
    }

    /** The same with another time: a node that drains many clients takes as long as it is set up to. */
    public void stop(Duration timeout) {
        process.stop(timeout);
    }

    /** The same as {@link #stop}. May be called again. */
    @Override
    public void close() {
        stop();
    }

    private HarnessException notReady(ChildProcess current) {
        return new HarnessException("node on port " + spec.port() + " is not ready after "
                + spec.readyTimeout().toSeconds() + " s; its last lines: " + String.join(" | ", tail(current)));
    }

    private static List<String> tail(ChildProcess current) {
        List<String> lines = current.errors().isEmpty() ? current.output() : current.errors();
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }

    private static ChildProcess spawn(NodeSpec spec) {
        return ChildProcess.start(
                Children.Role.NODE,
                spec.command(),
                spec.environment(),
                Path.of("").toAbsolutePath());
    }
}
