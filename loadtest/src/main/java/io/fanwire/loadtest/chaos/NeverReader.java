package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.wire.ClientSocket;
import java.time.Duration;
import java.util.List;

/**
 * A subscriber that reads nothing, and says all the while that it is alive. Whenever it is thrown out it comes again,
 * until its time is over.
 */
final class NeverReader extends BadClient {
    private static final int RECEIVE_BYTES = 16 << 10;

    private final long untilNanos;

    NeverReader(List<String> topics, Duration time) {
        super(topics);
        untilNanos = System.nanoTime() + time.toNanos();
    }

    @Override
    void misbehave(ClientSocket mine) {
        mine.setReading(false);
        beat(mine);
        mine.loop().at(untilNanos, () -> leave(mine));
    }

    /** The system's would grow to megabytes: a thousand of these would test its memory, not the node's. */
    @Override
    int receiveBytes() {
        return RECEIVE_BYTES;
    }

    @Override
    boolean comesBack() {
        return System.nanoTime() - untilNanos < 0;
    }
}
