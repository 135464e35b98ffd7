package io.fanwire.bench.storm;

import io.fanwire.client.Returns;
import io.fanwire.node.admission.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster behind a Service that sends each connection to a random node, or the emptier of some, and a disturbance. Each client is connected,
 * waits for its next attempt, or waits at a node's door. Goes in steps of a millisecond. One thread.
 */
public final class Storm {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    // As Sessions.leave draws it.
    private static final int COME_BACK_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = Duration.ofHours(16).toMillis();

    private final StormConfig config;
    private final RandomGenerator random;
    private final Returns returns;
    private final Timetable attempts;
    private final Timeline timeline = new Timeline();
    private final List<Site> sites = new ArrayList<>();
    private final List<Site> routed = new ArrayList<>();
    private final List<Site> busy = new ArrayList<>();
    private final short[] moves;
    private final @Nullable Rebalancing rebalancing;
    private boolean reachable = true;
    private int connected;
    private int queued;
    private long now;

    Storm(StormConfig config) {
        this.config = config;
        random = new SplittableRandom(config.seed());
        returns = new Returns(config.clients(), config.minBackoff(), config.maxBackoff(), random);
        attempts = new Timetable(config.clients());
        moves = new short[config.clients()];
        rebalancing = config.rebalance() ? new Rebalancing(config.drainTolerancePercent()) : null;
        for (int i = 0; i < config.nodes(); i++) start();
        for (int i = 0; i < config.clients(); i++) {
            sites.get(i % config.nodes()).clients.add(i);
            connected++;
        }
    }

    /** Runs to its end: the disturbance is over, and all are back. */
    public static Outcome run(StormConfig config, Scenario scenario) {
        Storm storm = new Storm(config);
        Disturbance disturbance = scenario.disturb(config.nodes());
        while (!disturbance.isOver(storm.now) || storm.away() > 0 || storm.isRebalancing()) {
            storm.tick(disturbance);
            if (storm.now > PATIENCE_MILLIS) throw new IllegalStateException("it does not end");
        }
        return new Outcome(storm.timeline.steps(), storm.moves, config.nodes());
    }

    void tick(Disturbance disturbance) {
        disturbance.tick(this, now);
        if (rebalancing != null && now % Rebalancing.PACE_MILLIS == 0) rebalancing.tick(this, now);
        attempts.take(now, this::attempt);
        busy.forEach(this::serve);
        busy.removeIf(site -> site.door.size() == 0);
        if (++now % Timeline.STEP_MILLIS == 0) timeline.endStep(away(), fullest());
    }

    int away() {
        return config.clients() - connected;
    }

    private boolean isRebalancing() {
        return rebalancing != null && !rebalancing.isQuiet();
    }

    /** Clients that are somewhere: all of them, if none is lost or counted twice. */
    int accountedFor() {
        int there = sites.stream().mapToInt(site -> site.clients.size()).sum();
        return there + attempts.size() + queued;
    }

    List<Site> sites() {
        return sites;
    }

    RandomGenerator random() {
        return random;
    }

    Timeline timeline() {
        return timeline;
    }

    /** A new, empty node, to which the Service sends clients. */
    Site start() {
        Site site = new Site(config.door(), nanos());
        sites.add(site);
        routed.add(site);
        return site;
    }

    /** The Service sends nobody there any more. */
    void unroute(Site site) {
        site.routed = false;
        routed.remove(site);
    }

    /** Whether attempts come through at all. */
    void reachable(boolean reachable) {
        this.reachable = reachable;
    }

    /** All of its clients lose their connection. */
    void cut(Site site) {
        while (site.clients.size() > 0) lose(site, null);
    }

    /** So many of its clients are told to go. */
    void leave(Site site, int count) {
        for (int i = Math.min(count, site.clients.size()); i > 0; i--) {
            lose(site, Duration.ofMillis(random.nextInt(COME_BACK_MILLIS)));
        }
    }

    private void lose(Site site, @Nullable Duration retryAfter) {
        int client = site.clients.takeAny(random);
        connected--;
        comeBack(client, returns.lost(client, retryAfter, nanos()));
    }

    private void attempt(int client) {
        timeline.attempt();
        if (!reachable || routed.isEmpty()) {
            fail(client, nanos());
            return;
        }
        Site site = choose();
        if (site.alive) arrive(client, site);
        else fail(client, nanos() + (site.silent ? CONNECT_TIMEOUT.toNanos() : 0));
    }

    private Site choose() {
        Site best = routed.get(random.nextInt(routed.size()));
        for (int i = 1; i < config.choices(); i++) {
            Site other = routed.get(random.nextInt(routed.size()));
            if (other.clients.size() < best.clients.size()) best = other;
        }
        return best;
    }

    private void arrive(int client, Site site) {
        if (site.door.size() == 0) busy.add(site);
        int pushedOut = site.door.arrive(client);
        queued++;
        if (pushedOut == Door.NOBODY) return;
        queued--;
        fail(pushedOut, nanos());
    }

    private void serve(Site site) {
        site.door.tick();
        for (int client = site.door.next(); client != Door.NOBODY; client = site.door.next()) {
            queued--;
            decide(site, client);
        }
    }

    private void decide(Site site, int client) {
        if (site.draining) {
            site.door.refuse();
            refuse(client, Refusal.DRAINING);
        } else if (site.door.admits(nanos())) {
            admit(site, client);
        } else {
            refuse(client, Refusal.TOO_MANY_HANDSHAKES);
        }
    }

    private void admit(Site site, int client) {
        timeline.accept();
        site.clients.add(client);
        connected++;
        moves[client]++;
        returns.connected(client, nanos());
    }

    /** As Verdict draws it. */
    private void refuse(int client, Refusal refusal) {
        timeline.refuse();
        Duration retryAfter = Duration.ofSeconds(1 + random.nextInt(refusal.maxRetrySeconds()));
        comeBack(client, returns.refused(client, retryAfter, nanos()));
    }

    /** @param noticed when the client learns of it */
    private void fail(int client, long noticed) {
        timeline.fail();
        comeBack(client, noticed - nanos() + returns.refused(client, null, noticed));
    }

    private void comeBack(int client, long waitNanos) {
        long wait = TimeUnit.NANOSECONDS.toMillis(waitNanos) + config.latency().toMillis();
        attempts.add(client, now + Math.max(1, wait), now);
    }

    private int fullest() {
        int most = 0;
        for (Site site : sites) most = Math.max(most, site.clients.size());
        return most;
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(now);
    }
}
