package io.fanwire.loadtest.demo;

import io.fanwire.harness.HarnessException;
import io.fanwire.harness.LoopbackPort;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A private Redis and some node processes. Closing it stops the nodes, then Redis. For one thread. */
final class DemoCluster implements AutoCloseable {
    private static final int FIRST_ADMIN_PORT = 9090;

    private final RedisServer redis;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private DemoCluster(RedisServer redis) {
        this.redis = redis;
    }

    /** @throws HarnessException if something does not start; nothing is left running then */
    static DemoCluster start(DemoPlan plan, PrintStream out) {
        requireFreePorts(plan);
        var cluster = new DemoCluster(RedisServer.launch());
        try {
            out.println("Redis    " + cluster.redis.uri() + "   (" + cluster.redis.describe() + ")");
            cluster.startNodes(plan, out);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** @throws HarnessException if a node has ended */
    void requireAlive() {
        nodes.stream().filter(node -> !node.isAlive()).findFirst().ifPresent(NodeProcess::awaitReady);
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(NodeProcess::close);
        redis.close();
    }

    private void startNodes(DemoPlan plan, PrintStream out) {
        int adminPort = FIRST_ADMIN_PORT;
        for (int i = 0; i < plan.nodes(); i++) {
            adminPort = freeAdminPort(plan, adminPort);
            nodes.add(NodeProcess.begin(
                    NodeSpec.onPorts(plan.port() + i, adminPort++).withRedis(redis.uri())));
        }
        for (int i = 0; i < plan.nodes(); i++) {
            NodeProcess node = nodes.get(i);
            node.awaitReady();
            out.println("Node " + (i + 1) + "   " + node.url() + "   (admin " + node.adminUrl() + ")");
        }
    }

    private static int freeAdminPort(DemoPlan plan, int from) {
        int port = LoopbackPort.freeFrom(from);
        int end = plan.port() + plan.nodes();
        return port >= plan.port() && port < end ? LoopbackPort.freeFrom(end) : port;
    }

    private static void requireFreePorts(DemoPlan plan) {
        for (int port = plan.port(); port < plan.port() + plan.nodes(); port++) {
            if (!LoopbackPort.isFree(port)) {
                throw new HarnessException("port " + port + " is already in use; choose another with --port");
            }
        }
    }
}
