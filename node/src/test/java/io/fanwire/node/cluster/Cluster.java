package io.fanwire.node.cluster;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.RedisServer;
import io.fanwire.node.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Three nodes in this JVM, each with its own lanes and connections, on one real Redis. */
final class Cluster implements AutoCloseable {
    static final int NODES = 3;

    private final RedisServer redis = RedisServer.launchForTests();
    private final List<TestNode> nodes = IntStream.range(0, NODES)
            .mapToObj(i -> TestNode.start(
                    "FANWIRE_REDIS_URI",
                    redis.uri(),
                    "FANWIRE_NODE_ID",
                    "node" + i,
                    "FANWIRE_REDIS_COMMAND_TIMEOUT",
                    "1s"))
            .toList();
    private final List<FanwireClient> clients = new ArrayList<>();

    RedisServer redis() {
        return redis;
    }

    TestNode node(int index) {
        return nodes.get(index);
    }

    /** A client of one node only. */
    FanwireClient client(int node) {
        FanwireClient client = FanwireClient.connect(
                // One publish of a topic waits for the other: on a busy machine hundreds take a while.
                ClientOptions.builder(nodes.get(node).url())
                        .publishTimeout(Duration.ofMinutes(1))
                        .build());
        client.ready().toCompletableFuture().join();
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(FanwireClient::close);
        nodes.forEach(TestNode::close);
        redis.close();
    }
}
