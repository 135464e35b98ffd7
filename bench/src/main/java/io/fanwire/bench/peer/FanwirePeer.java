package io.fanwire.bench.peer;

import io.fanwire.harness.Metrics;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import java.net.InetSocketAddress;

/** A real node on a real Redis, with nothing but defaults. */
public final class FanwirePeer implements Peer {
    private final RedisServer redis;
    private final NodeProcess node;
    private final Runnable release;

    private FanwirePeer(RedisServer redis, NodeProcess node, Runnable release) {
        this.redis = redis;
        this.node = node;
        this.release = release;
    }

    /** @param spec the node's; Redis is added */
    public static FanwirePeer start(NodeSpec spec) {
        RedisServer redis = RedisServer.launch();
        try {
            return new FanwirePeer(redis, NodeProcess.launch(spec.withRedis(redis.uri())), redis::close);
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /**
     * A second node on this one's Redis; it must be closed before this one.
     *
     * @param spec the node's; Redis is added
     */
    public FanwirePeer another(NodeSpec spec) {
        return new FanwirePeer(redis, NodeProcess.launch(spec.withRedis(redis.uri())), () -> {});
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public long pid() {
        return node.pid();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", node.spec().port());
    }

    @Override
    public Dialect dialect() {
        return new FanwireDialect();
    }

    public Metrics metrics() {
        return node.metrics();
    }

    public String redisUri() {
        return redis.uri();
    }

    @Override
    public void close() {
        node.close();
        release.run();
    }
}
