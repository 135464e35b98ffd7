package io.fanwire.loadtest.verify;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Bounds what each of several clients has under way, so that one that gets no answers does not hold up the others. One
 * thread acquires, any releases.
 */
final class Permits {
    private final int total;
    // Never has more free ones than those of the clients together: taken first, given back last.
    private final Semaphore all;
    private final List<Semaphore> clients;

    Permits(int clients, int each) {
        this.total = clients * each;
        this.all = new Semaphore(total);
        this.clients = Stream.generate(() -> new Semaphore(each)).limit(clients).toList();
    }

    /** Waits while no client has one left. Returns the client that it is for: the preferred one, or the next that can. */
    int acquire(int preferred) throws InterruptedException {
        all.acquire();
        int client = preferred;
        while (!clients.get(client).tryAcquire()) client = (client + 1) % clients.size();
        return client;
    }

    void release(int client) {
        clients.get(client).release();
        all.release();
    }

    /** Waits until nothing is under way. Returns whether that is so in time. */
    boolean awaitAll(long millis) throws InterruptedException {
        if (!all.tryAcquire(total, millis, TimeUnit.MILLISECONDS)) return false;
        all.release(total);
        return true;
    }
}
