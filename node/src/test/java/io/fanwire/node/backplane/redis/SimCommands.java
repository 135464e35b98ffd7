package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A node's connection for commands to the simulated Redis. */
final class SimCommands implements TopicReader {
    private final List<CompletableFuture<?>> open = new ArrayList<>();
    private final SimConnection connection;
    private final SimServer server;

    SimCommands(SimConnection connection, SimServer server) {
        this.connection = connection;
        this.server = server;
    }

    CompletionStage<Position> publish(Topic topic, byte[] body) {
        return ask(() -> server.publish(topic.name(), body));
    }

    @Override
    public CompletionStage<List<Standing>> compare(List<Known> topics) {
        List<CompletableFuture<Standing>> standings = topics.stream()
                .map(known -> ask(() -> new Standing(server.redis().position(known), null)))
                .toList();
        return CompletableFuture.allOf(standings.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        all -> standings.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return ask(() -> server.redis().read(topic.name(), query));
    }

    /** Who waits for an answer is told; whether Redis did what was asked, nobody knows. */
    void breakOff() {
        connection.breakOff();
        List<CompletableFuture<?>> unanswered = List.copyOf(open);
        open.clear();
        unanswered.forEach(each ->
                each.completeExceptionally(new BackplaneException(Kind.TIMEOUT, "the simulated connection is lost")));
    }

    boolean isBroken() {
        return connection.isBroken();
    }

    boolean step() {
        return connection.step();
    }

    private <T> CompletableFuture<T> ask(Supplier<T> work) {
        if (connection.isBroken()) return CompletableFuture.failedFuture(RedisFailure.notConnected());
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(answer);
        connection.send(() -> {
            T result = work.get();
            connection.answer(() -> {
                open.remove(answer);
                answer.complete(result);
            });
        });
        return answer;
    }
}
