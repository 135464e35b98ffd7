package io.fanwire.loadtest.scenario;

import java.time.Duration;
import java.util.List;

/**
 * Traffic whose subscribers all lose their connections at the same moment, as if their node had gone, and come back with
 * the client library's backoff.
 */
public final class StormScenario extends FanOutScenario {
    private final Duration after;

    /** @param after how long after the start they lose them */
    public StormScenario(Duration after, FanOutPlan traffic, Targets targets, Share share) {
        super(traffic, targets, share);
        this.after = after;
    }

    @Override
    public void start() {
        super.start();
        long at = System.nanoTime() + after.toNanos();
        for (LoadLoop loop : loops()) {
            List<Subscriber> own =
                    subscribers().stream().filter(each -> each.loop() == loop).toList();
            loop.loop().execute(() -> loop.loop().at(at, () -> own.forEach(Subscriber::lose)));
        }
    }
}
