package io.fanwire.bench.load;

import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sockets of one loop that take nothing, or next to nothing, and yet say that they are alive: a node can't tell them from
 * clients on a bad network. All state is owned by the loop; the methods may be called from any thread.
 */
public final class StuckSockets {
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long BYTE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<ClientSocket> sockets;
    private final ClientLoop loop;
    private boolean trickling;

    public StuckSockets(List<ClientSocket> sockets) {
        this.sockets = List.copyOf(sockets);
        this.loop = sockets.get(0).loop();
    }

    /** Stops reading. */
    public void stick() {
        loop.execute(() -> {
            setReading(false);
            beat();
        });
    }

    /** Reads a byte a second from here on. */
    public void trickle() {
        loop.execute(() -> {
            for (ClientSocket each : sockets) each.setReadLimit(1);
            trickling = true;
            takeByte();
        });
    }

    /** Reads on with so many of them, and nothing with the others. */
    public void release(int count) {
        List<ClientSocket> some = sockets.subList(0, Math.min(count, sockets.size()));
        loop.execute(() -> {
            trickling = false;
            for (ClientSocket each : some) each.setReadLimit(Integer.MAX_VALUE);
            for (ClientSocket each : some) each.setReading(true);
        });
    }

    private void takeByte() {
        if (!trickling) return;
        setReading(true);
        // Due at once, which is after the next look at the sockets: each gives one byte.
        loop.at(System.nanoTime(), () -> setReading(false));
        loop.at(System.nanoTime() + BYTE_NANOS, this::takeByte);
    }

    private void beat() {
        for (ClientSocket each : sockets) {
            if (each.isOpen()) each.send(Commands.heartbeat());
        }
        loop.at(System.nanoTime() + HEARTBEAT_NANOS, this::beat);
    }

    private void setReading(boolean on) {
        for (ClientSocket each : sockets) {
            if (each.isOpen()) each.setReading(on);
        }
    }
}
