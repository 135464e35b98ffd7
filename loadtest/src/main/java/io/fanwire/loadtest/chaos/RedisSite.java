package io.fanwire.loadtest.chaos;

import io.fanwire.harness.HarnessException;
import io.fanwire.harness.RedisConsole;
import io.fanwire.harness.RedisServer;
import io.fanwire.harness.TcpForwarder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Redis as nodes see it: one address. Behind it is one server, or one of two, and when the other takes over, what comes
 * to the address goes there; a forwarder does what Sentinel, DNS or a proxy do elsewhere. For one thread at a time.
 */
final class RedisSite implements AutoCloseable {
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    private RedisServer primary;
    private @Nullable RedisServer replica;
    private @Nullable TcpForwarder address;

    private RedisSite(RedisServer primary) {
        this.primary = primary;
    }

    /** @throws HarnessException if not everything starts; nothing is left running then */
    static RedisSite launch(RedisSetup setup) {
        RedisSite site = new RedisSite(RedisServer.launch(setup.persistence()));
        try {
            if (setup.hasReplica()) site.addReplica(setup);
            return site;
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    String uri() {
        return address == null ? primary.uri() : "redis://127.0.0.1:" + address.port();
    }

    String describe() {
        return primary.describe() + (replica == null ? "" : ", with a replica");
    }

    /** The one that nodes talk to. */
    RedisServer primary() {
        return primary;
    }

    List<String> call(String... words) {
        return RedisConsole.at(primary.port()).call(words);
    }

    void startEmpty() {
        if (!primary.isRunning()) primary.forget();
        primary.start();
    }

    /** From now on the replica gets nothing more, and knows what it knows. */
    void detachReplica() {
        RedisConsole.at(replica().port()).call("REPLICAOF", "NO", "ONE");
    }

    /** Kills the server that nodes talk to; the replica takes its place, and it comes back as the replica. */
    void promoteReplica() {
        RedisServer next = replica();
        detachReplica();
        RedisServer last = primary;
        last.kill();
        primary = next;
        replica = last;
        if (address != null) address.redirect(next.port());
        last.forget();
        last.start();
        follow();
    }

    @Override
    public void close() {
        if (address != null) address.close();
        if (replica != null) replica.close();
        primary.close();
    }

    private void addReplica(RedisSetup setup) {
        replica = RedisServer.launch(setup.persistence());
        follow();
        address = TcpForwarder.to(primary.port());
    }

    private void follow() {
        RedisConsole console = RedisConsole.at(replica().port());
        console.call("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
        long deadline = System.nanoTime() + SYNC_TIMEOUT.toNanos();
        while (!console.call("INFO", "replication").contains("master_link_status:up")) {
            if (System.nanoTime() - deadline > 0) throw new HarnessException("the replica does not follow Redis");
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** @throws HarnessException if there is none */
    RedisServer replica() {
        if (replica == null) throw new HarnessException("Redis has no replica");
        return replica;
    }
}
