package io.fanwire.bench.load;

import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.wire.ClientLoop;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * What the subscribers of one loop have got. Written by the loop alone; {@link #count}, {@link #subscribed} and {@link
 * #lost} may be read by any thread.
 */
public final class Arrivals {
    private final ClientLoop loop;
    private final Runnable onProgress;
    private Histogram latencies = Latencies.none();
    private volatile long count;
    private volatile long missed;
    private volatile int subscribed;
    private volatile int lost;
    private volatile String lastLoss = "";
    private long counting;

    /**
     * @param onProgress runs on the loop after each read that brought publications
     */
    public Arrivals(ClientLoop loop, Runnable onProgress) {
        this.loop = loop;
        this.onProgress = onProgress;
    }

    /** A publication, whose payload begins with the time at which it was to be sent: {@link System#nanoTime}. */
    public void publication(ByteBuffer bytes, int payloadFrom) {
        counting++;
        Latencies.record(latencies, loop.readNanos() - bytes.getLong(payloadFrom));
    }

    /** Publications that a subscriber will not get. */
    public void missed(long publications) {
        missed += publications;
    }

    /** The bytes of one read are used up. */
    public void endOfRead() {
        if (counting == 0) return;
        count += counting;
        counting = 0;
        onProgress.run();
    }

    public void subscribed() {
        subscribed++;
    }

    public void lost(String why) {
        lost++;
        lastLoss = why;
    }

    public long count() {
        return count;
    }

    public long missed() {
        return missed;
    }

    public int subscribedCount() {
        return subscribed;
    }

    public int lostCount() {
        return lost;
    }

    public String lastLoss() {
        return lastLoss;
    }

    /** On the loop only. What was recorded since the last call. */
    Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = Latencies.none();
        return taken;
    }

    ClientLoop loop() {
        return loop;
    }
}
