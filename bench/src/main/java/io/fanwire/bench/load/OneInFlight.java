package io.fanwire.bench.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Publishes a message only when the one before has arrived: latency without any queue. Methods may be called from one
 * thread at a time.
 */
public final class OneInFlight {
    private static final long PATIENCE_SECONDS = 60;

    private final Crowd receiver;
    private final Publisher publisher;

    /** @param receiver one subscriber of the publisher's topic */
    public OneInFlight(Crowd receiver, Publisher publisher) {
        this.receiver = receiver;
        this.publisher = publisher;
    }

    /** Nanoseconds from publish to arrival, of so many messages. */
    public Histogram run(int messages) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long last = receiver.delivered() + messages;
        receiver.onProgress(() -> {
            if (receiver.delivered() < last) publisher.burst(1);
            else done.complete(null);
        });
        publisher.burst(1);
        done.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (receiver.delivered() < last)
            throw new IllegalStateException("one of " + messages + " messages did not come");
        return receiver.takeLatencies();
    }
}
