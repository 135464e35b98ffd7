package io.fanwire.loadtest.chaos;

import io.fanwire.harness.HarnessException;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.TcpForwarder;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A private Redis and some nodes, as processes that end with this one. Closing it stops the nodes, then Redis. */
public final class ProcessCluster implements Cluster {
    private final RedisSite redis;
    private final Duration gracePeriod;
    private final List<NodeProcess> nodes = new ArrayList<>();
    /** Between subscribers and each node; none if they are never cut off. */
    private final List<TcpForwarder> doors = new ArrayList<>();
    /** Before all of them, for everybody. */
    private final @Nullable ServicePort service;

    private ProcessCluster(Layout layout) {
        NodeSetup setup = layout.nodes();
        gracePeriod = setup.gracePeriod();
        redis = RedisSite.launch(layout.redis());
        service = setup.service() == null ? null : new ServicePort(setup.service(), setup.count());
    }

    /** The same as {@link #start(Layout, PrintStream)} with a Redis that keeps nothing. */
    public static ProcessCluster start(int nodes, PrintStream out) {
        return start(Layout.plain(nodes), out);
    }

    /**
     * Starts everything on free ports, and says where it is.
     *
     * @throws HarnessException if something does not start; nothing is left running then
     */
    public static ProcessCluster start(Layout layout, PrintStream out) {
        ProcessCluster cluster = new ProcessCluster(layout);
        try {
            out.println("Redis    " + cluster.redis.uri() + "   (" + cluster.redis.describe() + ")");
            cluster.startNodes(layout.nodes(), out);
            if (layout.losesClients())
                cluster.nodes.forEach(
                        node -> cluster.doors.add(TcpForwarder.to(node.spec().port())));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public List<URI> urls() {
        if (service != null || doors.isEmpty()) return steadyUrls();
        return doors.stream()
                .map(door -> URI.create("ws://localhost:" + door.port() + "/ws"))
                .toList();
    }

    @Override
    public List<URI> steadyUrls() {
        return service == null ? nodes.stream().map(NodeProcess::url).toList() : List.of(service.url());
    }

    @Override
    public List<URI> metrics() {
        return nodes.stream().map(NodeProcess::adminUrl).toList();
    }

    @Override
    public boolean isRunning(Part part) {
        return part.isNode() ? node(part).isAlive() : redis.primary().isRunning();
    }

    @Override
    public void kill(Part part) {
        if (part.isNode()) node(part).kill();
        else redis.primary().kill();
    }

    @Override
    public void start(Part part) {
        if (part.isNode()) start(node(part));
        else redis.startEmpty();
    }

    @Override
    public void restore(Part part) {
        redis.primary().start();
    }

    @Override
    public void pause(Part part) {
        if (part.isNode()) node(part).pause();
        else redis.primary().pause();
    }

    @Override
    public void resume(Part part) {
        if (part.isNode()) node(part).resume();
        else redis.primary().resume();
    }

    @Override
    public CompletableFuture<Departure> drain(Part part) {
        NodeProcess node = node(part);
        if (service != null) return service.terminate(node, gracePeriod);
        return CompletableFuture.completedFuture(Departure.of(node, () -> node.stop(gracePeriod)));
    }

    @Override
    public void disconnect(Part part) {
        requireClients(part);
        doors.forEach(TcpForwarder::stall);
    }

    @Override
    public void reconnect(Part part) {
        requireClients(part);
        doors.forEach(TcpForwarder::restore);
    }

    @Override
    public List<String> redis(String... words) {
        return redis.call(words);
    }

    @Override
    public void detachReplica() {
        redis.detachReplica();
    }

    @Override
    public void promoteReplica() {
        redis.promoteReplica();
    }

    @Override
    public void close() {
        doors.forEach(TcpForwarder::close);
        if (service != null) service.close();
        nodes.parallelStream().forEach(NodeProcess::close);
        redis.close();
    }

    private void start(NodeProcess node) {
        node.start();
        if (service != null) service.admit(node);
    }

    private void startNodes(NodeSetup setup, PrintStream out) {
        for (int i = 0; i < setup.count(); i++) nodes.add(NodeProcess.begin(spec(setup)));
        for (int i = 0; i < setup.count(); i++) {
            NodeProcess node = nodes.get(i);
            node.awaitReady();
            out.println("Node " + (i + 1) + "   " + node.url() + "   (admin " + node.adminUrl() + ")");
        }
        // They were started all the same: what is wrong with them must not show in the middle of the plan.
        nodes.subList(setup.atStart(), setup.count()).parallelStream().forEach(NodeProcess::close);
        if (service != null) open(service, nodes.subList(0, setup.atStart()), out);
    }

    private static void open(ServicePort service, List<NodeProcess> ready, PrintStream out) {
        ready.forEach(service::admit);
        out.println("Service  " + service.url() + "   (one address for all clients)");
    }

    private NodeSpec spec(NodeSetup setup) {
        NodeSpec spec = NodeSpec.onFreePorts().withRedis(redis.uri());
        for (Map.Entry<String, String> each : setup.settings().entrySet())
            spec = spec.with(each.getKey(), each.getValue());
        return spec;
    }

    private static void requireClients(Part part) {
        if (!part.equals(Part.CLIENTS))
            throw new HarnessException(part + " is a process, and has no network that it could be cut from");
    }

    private NodeProcess node(Part part) {
        return nodes.get(part.number() - 1);
    }
}
