package io.fanwire.loadtest.demo;

import io.fanwire.client.FanwireClient;
import io.fanwire.protocol.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at a fixed rate, in turn on every node and every topic. A thread of its own publishes what is due; it never
 * waits for acknowledgements, but publishes nothing while {@value #MAX_IN_FLIGHT} are outstanding.
 */
final class Publishers implements AutoCloseable {
    private static final int MAX_IN_FLIGHT = 5_000;
    private static final long TICK_MILLIS = 5;

    private final List<FanwireClient> clients;
    private final Ledger ledger;
    private final int rate;
    private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
    private final AtomicLong failed = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Publishers::thread);
    private long begin;
    private long published;

    /** @param clients one on each node */
    Publishers(List<FanwireClient> clients, Ledger ledger, int rate) {
        this.clients = clients;
        this.ledger = ledger;
        this.rate = rate;
    }

    void start() {
        begin = System.nanoTime();
        // It can only end by being cancelled: publishing turns every failure into a count.
        var unused = clock.scheduleAtFixedRate(this::publishDue, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    long failed() {
        return failed.get();
    }

    /**
     * Publishes nothing more, and waits that long for what is outstanding. Without an answer by then, it counts as
     * failed.
     */
    void finish(long timeoutMillis) throws InterruptedException {
        clock.shutdownNow();
        boolean settled = clock.awaitTermination(timeoutMillis, TimeUnit.MILLISECONDS)
                && inFlight.tryAcquire(MAX_IN_FLIGHT, timeoutMillis, TimeUnit.MILLISECONDS);
        if (!settled) failed.addAndGet(MAX_IN_FLIGHT - inFlight.availablePermits());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void publishDue() {
        long due = (long) ((System.nanoTime() - begin) / 1e9 * rate) + 1;
        while (published < due && !clock.isShutdown() && inFlight.tryAcquire()) publish(published++);
    }

    private void publish(long number) {
        int node = (int) (number % clients.size());
        TopicLedger topic = ledger.topicOf(number / clients.size());
        var payload = new Payload(number, node, System.nanoTime());
        send(clients.get(node), topic, payload).whenComplete((position, error) -> settle(topic, number, position));
    }

    private static CompletionStage<Position> send(FanwireClient client, TopicLedger topic, Payload payload) {
        try {
            return client.publish(topic.name(), payload.text());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void settle(TopicLedger topic, long number, @Nullable Position position) {
        if (position == null) failed.incrementAndGet();
        else topic.acknowledge(position, number);
        inFlight.release();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "fanwire-demo-publishers");
        thread.setDaemon(true);
        return thread;
    }
}
