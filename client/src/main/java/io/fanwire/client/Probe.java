package io.fanwire.client;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JDK notice that a node is gone. When the end of a TCP stream comes right behind data, as when a busy node is
 * killed, the JDK's WebSocket (seen in 17 and in 25) often loses it and waits for ever; only writes bring it to light.
 * So a node that becomes quiet gets three pings: the first is answered with a reset, the second fails unseen inside the
 * JDK, the third is told so. Pongs prove nothing, and are ignored. Owned by the loop.
 */
final class Probe {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int PINGS = 3;

    private final WebSocket socket;
    private final Loop loop;
    private final Liveness liveness;
    private final Consumer<Throwable> gone;
    private long heardNanos;
    private int pings;
    private @Nullable Future<?> timer;

    /** @param gone told on the loop, perhaps more than once */
    Probe(WebSocket socket, Loop loop, Liveness liveness, Consumer<Throwable> gone) {
        this.socket = socket;
        this.loop = loop;
        this.liveness = liveness;
        this.gone = gone;
    }

    /** Watches until {@link #stop}. */
    void watch() {
        long heard = liveness.heardNanos();
        if (heard != heardNanos) {
            heardNanos = heard;
            pings = 0;
        } else if (pings < PINGS) {
            pings++;
            ping();
        }
        timer = loop.after(TICK, this::watch);
    }

    void stop() {
        if (timer != null) timer.cancel(false);
    }

    private void ping() {
        var unused = socket.sendPing(ByteBuffer.allocate(0)).whenComplete((ok, error) -> {
            // Anything else says only that the last ping is still on its way.
            if (error instanceof IOException) loop.execute(() -> gone.accept(error));
        });
    }
}
