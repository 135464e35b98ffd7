package io.fanwire.bench.storm;

import io.fanwire.node.drain.Goodbyes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Each node is replaced: its successor is there first, then it drains with the settings of {@code k8s/base}. */
final class Roll implements Disturbance {
    private static final long UNROUTED_AFTER = 1_000;
    private static final long DELAY = 5_000;
    private static final long GRACE = 5_000;
    private static final Duration DURATION = Duration.ofSeconds(60);

    private final int nodes;
    private final long stepMillis;
    private final List<Drain> drains = new ArrayList<>();

    /** @param step from one node to the next */
    Roll(int nodes, Duration step) {
        this.nodes = nodes;
        this.stepMillis = step.toMillis();
    }

    @Override
    public void tick(Storm storm, long now) {
        if (now % stepMillis == 0 && now / stepMillis < nodes) replace(storm, now);
        for (Drain each : drains) each.tick(storm, now);
        drains.removeIf(each -> each.ended);
    }

    @Override
    public boolean isOver(long now) {
        return now / stepMillis >= nodes && drains.isEmpty();
    }

    private void replace(Storm storm, long now) {
        Site old = storm.sites().get((int) (now / stepMillis));
        storm.start();
        drains.add(new Drain(old, now));
    }

    /** One node's way out. */
    private static final class Drain {
        private final Site site;
        private final long startedAt;
        private Goodbyes goodbyes;
        private boolean ended;

        Drain(Site site, long now) {
            this.site = site;
            this.startedAt = now;
            this.goodbyes = new Goodbyes(0, Duration.ZERO, 0, new SplittableRandom(0));
            site.draining = true;
        }

        void tick(Storm storm, long now) {
            long age = now - startedAt;
            if (age == UNROUTED_AFTER) storm.unroute(site);
            if (age == DELAY) goodbyes = new Goodbyes(nanos(now), DURATION, site.clients.size(), storm.random());
            if (age < DELAY || (age - DELAY) % Goodbyes.PACE.toMillis() != 0) return;
            storm.leave(site, goodbyes.next(nanos(now), site.clients.size()));
            if (age >= DELAY + DURATION.toMillis() + GRACE) end(storm);
        }

        private void end(Storm storm) {
            storm.cut(site);
            site.alive = false;
            ended = true;
        }

        private static long nanos(long millis) {
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }
}
