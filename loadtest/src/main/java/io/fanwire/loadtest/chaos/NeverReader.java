package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.wire.ClientSocket;
import java.time.Duration;
import java.util.List;

/**
 * A subscriber that reads nothing, and says all the while that it is alive. Whenever it is thrown out it comes again,
 * until its time is over.
 */
final class NeverReader extends BadClient {
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

    @Override
    boolean comesBack() {
        return System.nanoTime() - untilNanos < 0;
    }
}
