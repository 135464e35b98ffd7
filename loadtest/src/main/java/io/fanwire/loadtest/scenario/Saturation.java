package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.measure.WallClock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Publishes as fast as subscribers take it: so many publications are on their way to the average subscriber at any time,
 * and one that arrives makes room for the next. The pace is the system's, without a rate to guess. Thread-safe.
 */
final class Saturation {
    private static final int BATCHES = 8;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<LoadLoop> subscribing;
    private final LoadLoop publishing;
    private final List<Publisher> publishers;
    private final int window;
    private final double deliveriesEach;
    private final int processes;
    private final BooleanSupplier stopped;
    private long asked;
    private int turn;
    private long settledBefore = -1;
    private long stillSince;

    /** @param deliveriesEach that a publication makes in this process */
    Saturation(
            List<LoadLoop> subscribing,
            LoadLoop publishing,
            List<Publisher> publishers,
            int window,
            double deliveriesEach,
            int processes,
            BooleanSupplier stopped) {
        this.subscribing = subscribing;
        this.publishing = publishing;
        this.publishers = publishers;
        this.window = window;
        this.deliveriesEach = deliveriesEach;
        this.processes = processes;
        this.stopped = stopped;
    }

    void start() {
        for (LoadLoop loop : subscribing) loop.tally().onProgress(this::onProgress);
        publishing.loop().execute(this::lookAgain);
    }

    /** Nothing arrives any more if publishers were thrown out: so time goes on, too. On the publishers' loop. */
    private void lookAgain() {
        if (stopped.getAsBoolean()) return;
        reopen();
        onProgress();
        publishing.loop().at(System.nanoTime() + LOOK_AGAIN_NANOS, this::lookAgain);
    }

    private synchronized void onProgress() {
        int room = (int) (window - (asked - settled()));
        if (stopped.getAsBoolean() || room < Math.max(1, window / BATCHES)) return;
        asked += room;
        publishing.loop().execute(() -> burst(room));
    }

    /** On the publishers' loop. */
    private void burst(int publications) {
        long now = WallClock.nanos();
        int left = publications;
        for (int tried = 0; left > 0 && tried < publications + publishers.size(); tried++) {
            Publisher next = publishers.get(Math.floorMod(turn++, publishers.size()));
            if (!next.hasRoom()) continue;
            next.publish(now);
            left--;
        }
        publishers.forEach(Publisher::flush);
        if (left > 0) giveBack(left);
    }

    /** Publications of this process that have arrived, or won't: of those, its share. */
    private long settled() {
        double deliveries = 0;
        for (LoadLoop loop : subscribing)
            deliveries += loop.tally().own() + (double) loop.tally().missedSoFar() / processes;
        return (long) (deliveries / deliveriesEach);
    }

    /** What was refused, or lost with a connection, never arrives: without it the window would close for good. */
    private synchronized void reopen() {
        long now = settled();
        boolean moves = now != settledBefore;
        settledBefore = now;
        if (moves) stillSince = System.nanoTime();
        else if (System.nanoTime() - stillSince > STILL_NANOS && outstanding() == 0) asked = now;
    }

    private int outstanding() {
        return publishers.stream().mapToInt(Publisher::outstanding).sum();
    }

    private synchronized void giveBack(int publications) {
        asked -= publications;
    }
}
