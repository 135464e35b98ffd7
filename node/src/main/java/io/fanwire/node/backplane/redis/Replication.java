package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a replica has what was written on one command connection. Redis holds that connection's other commands up
 * meanwhile, so it is used for nothing else; one wait covers all publications that were answered before it. Thread-safe.
 */
final class Replication {
    private final CommandLink link;
    private final RedisCalls calls;
    private final Duration patience;
    private List<Write> writes = new ArrayList<>();
    private boolean waits;

    /** @param patience for a replica; shorter than the time limit of a call */
    Replication(CommandLink link, RedisCalls calls, Duration patience) {
        this.link = link;
        this.calls = calls;
        this.patience = patience;
    }

    CommandLink link() {
        return link;
    }

    /**
     * To be called when the answer to a write has just come, on Lettuce's thread.
     *
     * @return completes with the position once a replica has it; fails with {@link Kind#NOT_REPLICATED} otherwise
     */
    CompletionStage<Position> confirmed(Position position) {
        Write write = new Write(position, link.connections(), new CompletableFuture<>());
        if (isFirst(write)) awaitReplica();
        return write.confirmed;
    }

    private synchronized boolean isFirst(Write write) {
        writes.add(write);
        boolean first = !waits;
        waits = true;
        return first;
    }

    private void awaitReplica() {
        List<Write> covered = take();
        if (covered.isEmpty()) return;
        calls.once(() -> link.awaitReplica(patience)).whenComplete((replicas, failure) -> {
            for (Write write : covered) settle(write, replicas);
            awaitReplica();
        });
    }

    private synchronized List<Write> take() {
        List<Write> taken = writes;
        writes = new ArrayList<>();
        waits = !taken.isEmpty();
        return taken;
    }

    /** On a new connection there is nothing to wait for, and Redis says so at once: that counts for nothing. */
    private void settle(Write write, @Nullable Long replicas) {
        boolean confirmed = replicas != null && replicas > 0 && write.connection == link.connections();
        if (confirmed) write.confirmed.complete(write.position);
        else write.confirmed.completeExceptionally(notReplicated());
    }

    private static BackplaneException notReplicated() {
        return new BackplaneException(Kind.NOT_REPLICATED, "no replica of Redis has confirmed it in time");
    }

    /** @param connection on which it was written */
    private record Write(Position position, int connection, CompletableFuture<Position> confirmed) {}
}
