package io.fanwire.loadtest.demo;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.client.Subscription;
import io.fanwire.harness.HarnessException;
import io.fanwire.harness.NodeProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The demo's clients: subscribers spread over nodes and topics, and a publisher on every node. For one thread. */
final class Traffic implements AutoCloseable {
    private static final long READY_SECONDS = 20;
    private static final long SETTLE_MILLIS = 15_000;
    private static final long POLL_NANOS = 5_000_000;

    private final List<FanwireClient> clients = new ArrayList<>();
    private final Ledger ledger;
    private final Publishers publishers;

    private Traffic(DemoPlan plan, List<NodeProcess> nodes) {
        ledger = new Ledger(plan);
        publishers = new Publishers(nodes.stream().map(this::connect).toList(), ledger, plan.rate());
    }

    /**
     * Connects and subscribes everybody, then begins to publish.
     *
     * @throws HarnessException if that takes too long
     */
    static Traffic start(DemoPlan plan, List<NodeProcess> nodes) throws InterruptedException {
        var traffic = new Traffic(plan, nodes);
        try {
            traffic.subscribeAll(plan, nodes);
            traffic.publishers.start();
            return traffic;
        } catch (RuntimeException e) {
            traffic.close();
            throw e;
        }
    }

    /** Leaves out of the latencies what was measured so far. */
    void endWarmUp() {
        ledger.endWarmUp();
    }

    Account soFar() {
        return ledger.soFar(publishers.failed());
    }

    /** Ends the publishing and waits, within bounds, until every subscriber has everything. */
    Account finish() throws InterruptedException {
        publishers.finish(SETTLE_MILLIS);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
        while (!ledger.isComplete() && System.nanoTime() - deadline < 0) LockSupport.parkNanos(POLL_NANOS);
        return ledger.atTheEnd(publishers.failed());
    }

    /** Whether every publication was acknowledged, and reached every subscriber once and in order. */
    boolean isPerfect() {
        return publishers.failed() == 0 && ledger.isPerfect();
    }

    @Override
    public void close() {
        publishers.close();
        clients.parallelStream().forEach(FanwireClient::close);
    }

    private FanwireClient connect(NodeProcess node) {
        var options = ClientOptions.builder(List.of(node.url())).clientName("fanwire-demo");
        FanwireClient client = FanwireClient.connect(options.build());
        clients.add(client);
        return client;
    }

    private void subscribeAll(DemoPlan plan, List<NodeProcess> nodes) throws InterruptedException {
        var ready = new ArrayList<CompletionStage<?>>();
        clients.forEach(publisher -> ready.add(publisher.ready()));
        for (int i = 0; i < plan.subscribers(); i++) {
            ready.add(subscribe(nodes, i).ready());
        }
        awaitAll(ready);
    }

    private Subscription subscribe(List<NodeProcess> nodes, int number) {
        int node = number % nodes.size();
        TopicLedger topic = ledger.topicOf(number / nodes.size());
        return connect(nodes.get(node)).subscribe(topic.name(), ledger.subscriber(node, topic));
    }

    private static void awaitAll(List<CompletionStage<?>> stages) throws InterruptedException {
        var futures = stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(futures).get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new HarnessException("the subscribers are not ready after " + READY_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new HarnessException("a client failed: " + e.getMessage(), e);
        }
    }
}
