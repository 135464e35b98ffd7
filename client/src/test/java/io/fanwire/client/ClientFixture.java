package io.fanwire.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One scripted node and what a test of a client needs; reconnects at once. */
abstract class ClientFixture {
    static final String TOPIC = "news:world";

    final Recorder life = new Recorder();
    final Recorder heard = new Recorder();
    ScriptedNode node;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void startNode() throws Exception {
        node = startAnotherNode();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) open.get(i).close();
    }

    ScriptedNode startAnotherNode() throws Exception {
        ScriptedNode started = ScriptedNode.start();
        open.add(started);
        return started;
    }

    ClientOptions.Builder options(ScriptedNode... nodes) {
        return ClientOptions.builder(Arrays.stream(nodes).map(ScriptedNode::url).toList())
                .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
                .listener(life);
    }

    FanwireClient connect(ClientOptions.Builder options) {
        FanwireClient client = FanwireClient.connect(options.build());
        open.add(client);
        return client;
    }

    FanwireClient connect() {
        return connect(options(node));
    }

    /** A client that is subscribed to {@link #TOPIC} as topic 7, with its calls so far taken. */
    Peer subscribed(FanwireClient client, long epoch, long offset) throws Exception {
        client.subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, epoch, offset);
        heard.next(io.fanwire.protocol.Position.class);
        life.next(ConnectionInfo.class);
        return peer;
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** What the stage fails with. */
    static Throwable failure(CompletionStage<?> stage) throws Exception {
        return get(stage.handle((value, error) ->
                error instanceof java.util.concurrent.CompletionException wrapped ? wrapped.getCause() : error));
    }
}
