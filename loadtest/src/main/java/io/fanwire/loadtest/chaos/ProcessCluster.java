package io.fanwire.loadtest.chaos;

import io.fanwire.harness.HarnessException;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A private Redis and some nodes, as processes that end with this one. Closing it stops the nodes, then Redis. */
public final class ProcessCluster implements Cluster {
    private final RedisServer redis;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private ProcessCluster(RedisServer redis) {
        this.redis = redis;
    }

    /**
     * Starts everything on free ports, and says where it is.
     *
     * @throws HarnessException if something does not start; nothing is left running then
     */
    public static ProcessCluster start(int nodes, PrintStream out) {
        ProcessCluster cluster = new ProcessCluster(RedisServer.launch());
        try {
            out.println("Redis    " + cluster.redis.uri() + "   (" + cluster.redis.describe() + ")");
            cluster.startNodes(nodes, out);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public List<URI> urls() {
        return nodes.stream().map(NodeProcess::url).toList();
    }

    @Override
    public List<URI> metrics() {
        return nodes.stream().map(NodeProcess::adminUrl).toList();
    }

    @Override
    public boolean isRunning(Part part) {
        return part.isNode() ? node(part).isAlive() : redis.isRunning();
    }

    @Override
    public void kill(Part part) {
        if (part.isNode()) node(part).kill();
        else redis.kill();
    }

    @Override
    public void start(Part part) {
        if (part.isNode()) node(part).start();
        else redis.start();
    }

    @Override
    public void pause(Part part) {
        if (part.isNode()) node(part).pause();
        else redis.pause();
    }

    @Override
    public void resume(Part part) {
        if (part.isNode()) node(part).resume();
        else redis.resume();
    }

    @Override
    public boolean drain(Part part) {
        node(part).stop();
        return !Objects.equals(node(part).exitCode(), KILLED);
    }

    @Override
    public void disconnect(Part part) {
        throw new HarnessException(part + " is a process, and has no network that it could be cut from");
    }

    @Override
    public void reconnect(Part part) {
        disconnect(part);
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(NodeProcess::close);
        redis.close();
    }

    private void startNodes(int count, PrintStream out) {
        for (int i = 0; i < count; i++)
            nodes.add(NodeProcess.begin(NodeSpec.onFreePorts().withRedis(redis.uri())));
        for (int i = 0; i < count; i++) {
            NodeProcess node = nodes.get(i);
            node.awaitReady();
            out.println("Node " + (i + 1) + "   " + node.url() + "   (admin " + node.adminUrl() + ")");
        }
    }

    private NodeProcess node(Part part) {
        return nodes.get(part.number() - 1);
    }
}
