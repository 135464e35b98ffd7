package io.fanwire.bench.storm;

import java.time.Duration;

/** All connections break, and for a while no attempt comes through. */
final class Cut implements Disturbance {
    private final long millis;

    Cut(Duration time) {
        this.millis = time.toMillis();
    }

    @Override
    public void tick(Storm storm, long now) {
        if (now == 0) storm.sites().forEach(storm::cut);
        if (now <= millis) storm.reachable(now == millis);
    }

    @Override
    public boolean isOver(long now) {
        return now > millis;
    }
}
