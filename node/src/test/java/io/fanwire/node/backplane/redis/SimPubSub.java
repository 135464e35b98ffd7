package io.fanwire.node.backplane.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A node's connection for subscriptions to the simulated Redis. */
final class SimPubSub implements PubSub {
    private final List<CompletableFuture<Void>> open = new ArrayList<>();
    private final SimConnection connection;
    private final SimServer server;
    private final BiConsumer<String, byte[]> heard;

    SimPubSub(SimConnection connection, SimServer server, BiConsumer<String, byte[]> heard) {
        this.connection = connection;
        this.server = server;
        this.heard = heard;
    }

    @Override
    public CompletionStage<Void> subscribe(String channel) {
        return ask(() -> server.subscribe(channel, this));
    }

    @Override
    public void unsubscribe(String channel) {
        connection.send(() -> server.unsubscribe(channel, this));
    }

    @Override
    public CompletionStage<Void> ping() {
        return ask(() -> {});
    }

    void hear(String channel, byte[] message) {
        connection.answer(() -> heard.accept(channel, message));
    }

    void breakOff() {
        connection.breakOff();
        server.forget(this);
        List<CompletableFuture<Void>> unanswered = List.copyOf(open);
        open.clear();
        unanswered.forEach(each -> each.completeExceptionally(RedisFailure.notConnected()));
    }

    boolean step() {
        return connection.step();
    }

    private CompletionStage<Void> ask(Runnable work) {
        if (connection.isBroken()) return CompletableFuture.failedStage(RedisFailure.notConnected());
        CompletableFuture<Void> answer = new CompletableFuture<>();
        open.add(answer);
        connection.send(() -> {
            work.run();
            connection.answer(() -> {
                open.remove(answer);
                answer.complete(null);
            });
        });
        return answer;
    }
}
