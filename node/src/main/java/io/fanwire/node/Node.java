package io.fanwire.node;

import io.fanwire.node.admission.Admission;
import io.fanwire.node.admission.ContainerMemory;
import io.fanwire.node.admission.Overload;
import io.fanwire.node.admission.OverloadConfig;
import io.fanwire.node.admission.OverloadWatch;
import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.backplane.Member;
import io.fanwire.node.backplane.redis.RedisBackplane;
import io.fanwire.node.backplane.redis.RedisConfig;
import io.fanwire.node.cluster.Membership;
import io.fanwire.node.cluster.Rebalance;
import io.fanwire.node.drain.Drain;
import io.fanwire.node.drain.DrainConfig;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.LoopThread;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.observe.AdminServer;
import io.fanwire.node.observe.AdmissionMetrics;
import io.fanwire.node.observe.ClusterMetrics;
import io.fanwire.node.observe.DrainMetrics;
import io.fanwire.node.observe.Health;
import io.fanwire.node.observe.NodeMetrics;
import io.fanwire.node.observe.Operated;
import io.fanwire.node.session.FullSocketsBound;
import io.fanwire.node.session.Sessions;
import io.fanwire.node.socket.SocketServer;
import io.fanwire.protocol.CloseReason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Fanwire process, put together by hand: backplane, lanes, sessions, client port, admin port, in this order, and
 * taken apart in the opposite one. Start and close are called by one thread.
 */
public final class Node implements AutoCloseable, Health {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    // How long the last clients are given to take their close frames.
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final NodeConfig config;
    private final Backplane backplane;
    private final Sessions sessions;
    private final Overload overload;
    private final Admission admission;
    private final SocketServer socket;
    private final Drain drain;
    private final Rebalance rebalance;
    private final Membership membership;
    private final Self self;
    private final AdminServer admin;
    private volatile boolean serving;
    private volatile boolean stopping;

    private Node(NodeConfig config, UnaryOperator<Backplane> wiring) throws IOException {
        this.config = config;
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            backplane = wiring.apply(part(
                    config.redis().isPresent()
                            ? RedisBackplane.connect(config.redis().get(), config.namespaces(), metrics)
                            : new LocalBackplane(config.namespaces())));
            ContainerMemory memory = ContainerMemory.ofThisProcess();
            Lanes lanes = part(Lanes.start(
                    config.lanes(),
                    fullSockets(config.admission().overload(), memory),
                    config.topics(),
                    config.namespaces(),
                    backplane));
            sessions = new Sessions(
                    config.nodeId(),
                    config.session(),
                    config.namespaces(),
                    backplane,
                    Clock.systemUTC(),
                    lanes.lanes());
            part(new NodeMetrics(sessions.stats(), lanes.topics(), lanes.lanes(), backplane))
                    .bindTo(metrics);
            overload = new Overload(config.admission().overload(), lanes.loops(), memory);
            part(OverloadWatch.start(overload));
            admission = new Admission(config.admission(), memory, overload::isOverloaded);
            new AdmissionMetrics(admission, overload).bindTo(metrics);
            drain = drain();
            new DrainMetrics(drain).bindTo(metrics);
            EventLoop clusterLoop = loop("cluster");
            rebalance = new Rebalance(
                    clusterLoop, config.cluster(), config.nodeId(), sessions, drain::isDraining, new Random());
            membership = part(new Membership(
                    clusterLoop,
                    NanoClock.SYSTEM,
                    config.cluster(),
                    backplane,
                    this::self,
                    rebalance::onReport,
                    new Random()));
            new ClusterMetrics(membership, rebalance).bindTo(metrics);
            // The admin port first: a client port that can't be had is then the last thing that can go wrong.
            admin = part(AdminServer.start(
                    config.admin(), new Operated(config.nodeId(), this, metrics, drain, membership, sessions::lag)));
            socket = part(SocketServer.start(
                    config.socket(), memory.sendBufferBytes(), config.admission(), admission, sessions));
            self = Self.of(config.nodeId(), config.socket().host(), socket.port());
            membership.start();
            serving = true;
        } catch (IOException | RuntimeException e) {
            closeParts();
            throw e;
        }
    }

    /**
     * Starts a node.
     *
     * @throws IOException if a port can't be had or Redis can't be reached; the message is one line that says which
     */
    public static Node start(NodeConfig config) throws IOException {
        return start(config, UnaryOperator.identity());
    }

    /**
     * As {@link #start(NodeConfig)}.
     *
     * @param connected called by the same thread as soon as Redis is there, if one is configured; no port is open then
     */
    static Node start(NodeConfig config, Runnable connected) throws IOException {
        return start(config, backplane -> {
            connected.run();
            return backplane;
        });
    }

    /** For tests that need a node with a defect: puts something between the backplane and the rest. */
    static Node start(NodeConfig config, UnaryOperator<Backplane> wiring) throws IOException {
        Node node = new Node(config, wiring);
        LOG.info(
                "node {} serves clients on {}:{}, operators on {}:{}, backplane {}",
                config.nodeId(),
                config.socket().host(),
                node.port(),
                config.admin().host(),
                node.adminPort(),
                config.redis().map(RedisConfig::shownUri).orElse("local"));
        return node;
    }

    /** The client port. */
    public int port() {
        return socket.port();
    }

    /** The port for operators. */
    public int adminPort() {
        return admin.port();
    }

    @Override
    public Answer live() {
        String stuck = overload.stuck();
        return stuck.isEmpty() ? new Answer(true, "alive") : new Answer(false, stuck);
    }

    @Override
    public Answer ready() {
        if (drain.isDraining()) {
            return new Answer(false, (stopping ? "stopping, " : "draining, ") + drain.left() + " clients left");
        }
        // The admin port answers a moment before the client port does.
        if (!serving) return new Answer(false, "starting");
        if (overload.isOverloaded()) return new Answer(false, "overloaded: " + overload.why());
        // Redis away does not make a node unready: all nodes would be, at once, and their clients nowhere.
        String trouble = backplane.trouble();
        return new Answer(true, trouble.isEmpty() ? "ready" : "ready, but " + trouble);
    }

    /**
     * Lets the clients go in waves, as {@link DrainConfig} says, and stops. Takes no longer than {@link Drain#limit} and a
     * few seconds.
     */
    public void stop() {
        if (stopping) return;
        stopping = true;
        awaitDrained(drain.drainForGood());
        socket.stopAccepting();
        // For who has slipped in at last.
        sessions.stop(CloseReason.SERVICE_RESTART);
        sessions.awaitNone(GOODBYE);
        closeParts();
        LOG.info("node {} stopped", config.nodeId());
    }

    /** Lets the clients go at once, in a stop that is under way or is to come. Any thread; returns at once. */
    public void hurry() {
        drain.hurry();
    }

    /** Lets the clients go at once and stops, within a few seconds. */
    @Override
    public void close() {
        if (stopping) return;
        hurry();
        stop();
    }

    /** What was set always holds; what follows from the container's memory only while there is little of that. */
    private static FullSocketsBound fullSockets(OverloadConfig config, ContainerMemory memory) {
        if (config.fullSockets() > 0) return FullSocketsBound.of(config.fullSockets());
        return new FullSocketsBound(memory.forFullSockets(), memory::isScarce);
    }

    private Drain drain() {
        return new Drain(loop("drain"), NanoClock.SYSTEM, config.drain(), sessions, this::refuse, new Random());
    }

    private void refuse(boolean all) {
        admission.drain(all);
        // Others must not count on this node any more, or may again.
        membership.tellNow();
    }

    private EventLoop loop(String name) {
        EventLoop loop = new EventLoop(name, NanoClock.SYSTEM);
        part(LoopThread.start(loop));
        return loop;
    }

    private Member self() {
        return self.now(sessions.stats().sessions(), drain.isDraining(), admission.isOpen());
    }

    private void awaitDrained(CompletionStage<Void> gone) {
        try {
            gone.toCompletableFuture()
                    .get(Drain.limit(config.drain()).plus(GOODBYE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the drain has not ended in time: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop: {}", e.toString());
            }
        }
    }
}
