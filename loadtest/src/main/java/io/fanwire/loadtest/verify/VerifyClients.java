package io.fanwire.loadtest.verify;

import io.fanwire.client.ClientListener;
import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.client.Subscription;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The client library's clients of this process, and what they wait for. For one thread. */
final class VerifyClients implements AutoCloseable {
    static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);

    // Long enough for a node that is starting, short enough for a user who waits.
    private static final long FIRST_SECONDS = 5;
    private static final long ALL_SECONDS = 60;
    // What may be on its way in at the same time: thousands at once would time out, one behind the other.
    private static final int AT_ONCE = 500;

    private final List<URI> urls;
    private final List<URI> publishTo;
    private final Connections connections;
    private final ClientThreads threads = new ClientThreads();
    private final List<FanwireClient> clients = new ArrayList<>();
    private final List<CompletionStage<?>> awaited = new ArrayList<>();

    /** @param publishTo the publishers' URLs; empty: the same ones */
    VerifyClients(List<URI> urls, List<URI> publishTo, Connections connections) {
        this.urls = urls;
        this.publishTo = publishTo.isEmpty() ? urls : publishTo;
        this.connections = connections;
    }

    List<Thread> threads() {
        return threads.all();
    }

    /** @param maxPending publishes that may be outstanding */
    FanwireClient publisher(int maxPending) throws InterruptedException {
        FanwireClient client = connect(publishTo, maxPending, connections);
        await(client.ready());
        return client;
    }

    Subscription subscriber(SubscriberBook book, String topic) throws InterruptedException {
        FanwireClient client = connect(urls, 1, connections.with(book::disturb));
        Subscription subscription = client.subscribe(topic, book);
        await(subscription.ready());
        return subscription;
    }

    private void await(CompletionStage<?> ready) throws InterruptedException {
        awaited.add(ready);
        if (awaited.size() == AT_ONCE) awaitReady();
    }

    /** @throws ScenarioException if not all get in, with the last reason */
    void awaitReady() throws InterruptedException {
        if (awaited.isEmpty()) return;
        var stages = awaited.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.anyOf(stages), FIRST_SECONDS, stages);
        await(CompletableFuture.allOf(stages), ALL_SECONDS, stages);
        awaited.clear();
    }

    @Override
    public void close() {
        connections.close();
        clients.parallelStream().forEach(FanwireClient::close);
        threads.close();
    }

    private FanwireClient connect(List<URI> to, int maxPending, ClientListener listener) {
        int number = clients.size();
        ClientOptions options = ClientOptions.builder(to)
                .clientName("fanwire-verify")
                .publishTimeout(PUBLISH_TIMEOUT)
                .maxPendingPublishes(maxPending)
                .listener(listener)
                .executor(threads.loops())
                .httpClient(threads.http(number))
                .build();
        FanwireClient client = FanwireClient.connect(options);
        clients.add(client);
        return client;
    }

    private void await(CompletableFuture<?> ready, long seconds, CompletableFuture<?>[] stages)
            throws InterruptedException {
        try {
            ready.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ScenarioException(notReady(seconds, stages), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ScenarioException("a client was refused: " + cause.getMessage(), e);
        }
    }

    private String notReady(long seconds, CompletableFuture<?>[] stages) {
        long ready = List.of(stages).stream().filter(CompletableFuture::isDone).count();
        String last = connections.lastFailure();
        return "only " + ready + " of " + stages.length + " clients are ready after " + seconds + " s"
                + (last == null ? "" : "; the last failure: " + last);
    }
}
