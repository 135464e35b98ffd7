package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A subscriber that reads a little at a time, and says all the while that it is alive. */
final class SlowSubscriber extends BadClient {
    private static final int MOST_LOOKS_PER_SECOND = 10;

    private final int bytesPerLook;
    private final long lookNanos;
    private boolean slow = true;

    SlowSubscriber(List<String> topics, int bytesPerSecond) {
        super(topics);
        int looks = Math.min(MOST_LOOKS_PER_SECOND, bytesPerSecond);
        bytesPerLook = bytesPerSecond / looks;
        lookNanos = TimeUnit.SECONDS.toNanos(1) / looks;
    }

    @Override
    void misbehave(ClientSocket mine) {
        mine.setReadLimit(bytesPerLook);
        mine.setReading(false);
        look(mine);
        beat(mine);
    }

    @Override
    void behave() {
        slow = false;
        super.behave();
    }

    private void look(ClientSocket mine) {
        if (!slow || !isOpen()) return;
        ClientLoop loop = mine.loop();
        mine.setReading(true);
        // Due at once, which is after the next look at the sockets: there is one read.
        loop.at(System.nanoTime(), () -> mine.setReading(!slow));
        loop.at(System.nanoTime() + lookNanos, () -> look(mine));
    }
}
