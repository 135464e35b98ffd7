package io.fanwire.loadtest.verify;

import io.fanwire.client.ClientClosedException;
import io.fanwire.client.FanwireClient;
import io.fanwire.client.FanwireException;
import io.fanwire.client.PublishTimeoutException;
import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.protocol.Position;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at a fixed rate, in turn with every client and to every topic. A thread of its own publishes what is due and
 * never waits for one acknowledgement, only while every client has too many outstanding; what comes late keeps the time at which it
 * was due. Called by one thread.
 */
final class Publishers {
    // The client has one publish per topic under way; some more wait for their turn, so that none is ever idle. Many
    // more would only wait, and in the end for longer than a publish may.
    private static final int WAITING_PER_TOPIC = 8;
    private static final int MIN_IN_FLIGHT = 64;
    // Of all clients together, so that their payloads fit into memory.
    private static final int MAX_IN_FLIGHT = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<FanwireClient> clients;
    private final int firstNumber;
    private final List<TopicBook> topics;
    private final int payloadBytes;
    private final double nanosEach;
    private final Tally tally;
    private final long[][] sequences;
    private final Permits permits;
    private final Thread thread = new Thread(this::run, "verify-publish");
    private volatile boolean stopped;

    /**
     * @param clients this process' ones, at least one
     * @param firstNumber the first one's number among the publishers of all processes
     * @param rate of these clients together, per second
     */
    Publishers(
            List<FanwireClient> clients,
            int firstNumber,
            List<TopicBook> topics,
            int payloadBytes,
            double rate,
            Tally tally) {
        this.clients = clients;
        this.firstNumber = firstNumber;
        this.topics = topics;
        this.payloadBytes = payloadBytes;
        this.nanosEach = NANOS_PER_SECOND / rate;
        this.tally = tally;
        this.sequences = new long[clients.size()][topics.size()];
        this.permits = new Permits(clients.size(), inFlight(clients.size(), topics.size()));
        thread.setDaemon(true);
    }

    /** How many publishes each client has outstanding at most. */
    static int inFlight(int clients, int topics) {
        long wanted = Math.max(MIN_IN_FLIGHT, (long) WAITING_PER_TOPIC * topics);
        return (int) Math.min(Math.max(1, MAX_IN_FLIGHT / clients), wanted);
    }

    Thread thread() {
        return thread;
    }

    void start() {
        thread.start();
    }

    /** Publishes nothing more. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
    }

    /** Publishes to every topic that this process has published everything. The thread must have stopped. */
    void mark(int process) throws InterruptedException {
        for (int topic = 0; topic < topics.size(); topic++) {
            publish(permits.acquire(0), topic, process, WallClock.nanos());
        }
    }

    /** Waits until nothing is outstanding. Returns whether that is so in time. */
    boolean awaitAcknowledgements(long millis) throws InterruptedException {
        return permits.awaitAll(millis);
    }

    private void run() {
        long begin = WallClock.nanos();
        try {
            for (long i = 0; awaitDue(begin + (long) (i * nanosEach)); i++) {
                // One whose node is frozen has nothing to give: the others publish for it.
                int client = permits.acquire((int) (i % clients.size()));
                // Not all clients to the same topic at once.
                int topic = (int) ((i / clients.size() + client) % topics.size());
                publish(client, topic, Payload.NO_MARK, begin + (long) (i * nanosEach));
            }
        } catch (InterruptedException e) {
            // It is told to stop.
            return;
        }
    }

    private boolean awaitDue(long due) {
        for (long left = due - WallClock.nanos(); left > 0 && !stopped; left = due - WallClock.nanos()) {
            LockSupport.parkNanos(left);
        }
        return !stopped;
    }

    private void publish(int client, int topic, int mark, long due) {
        TopicBook book = topics.get(topic);
        Payload payload = new Payload(topic, firstNumber + client, mark, ++sequences[client][topic], due);
        clients.get(client)
                .publish(book.name(), payload.encode(payloadBytes))
                .whenComplete((position, error) -> settle(client, book, payload, position, error));
    }

    private void settle(
            int client, TopicBook topic, Payload payload, @Nullable Position position, @Nullable Throwable error) {
        try {
            book(topic, payload, position, error);
        } catch (RuntimeException e) {
            // An answer that makes no sense, such as an offset below 0.
            tally.publishFailed(String.valueOf(e));
        } finally {
            permits.release(client);
        }
    }

    private void book(TopicBook topic, Payload payload, @Nullable Position position, @Nullable Throwable error) {
        if (position != null) {
            topic.acknowledge(position, payload);
            tally.published(payload.dueNanos());
        } else {
            topic.fail();
            tally.publishFailed(cause(error));
        }
    }

    private static String cause(@Nullable Throwable error) {
        if (error instanceof PublishTimeoutException) return "timeout";
        if (error instanceof ClientClosedException) return "client closed";
        return error instanceof FanwireException refused ? refused.code().name() : String.valueOf(error);
    }
}
