package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.protocol.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Publishers and subscribers. Subscribers have loops of their own, so that they don't make publishers late. */
public class FanOutScenario extends LoopScenario {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MILLIS = 5;

    private final FanOutPlan plan;
    private final Share share;
    private final Door door;
    private final LoadLoop publishing = addLoop("publishers");
    private final List<LoadLoop> subscribing = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Pace> paces = new ArrayList<>();
    private volatile boolean stopped;

    public FanOutScenario(FanOutPlan plan, Targets targets, Share share) {
        this.plan = plan;
        this.share = share;
        this.door = new Door(targets);
        for (int i = 0; i < plan.loops(); i++) subscribing.add(addLoop("subscribers-" + i));
    }

    @Override
    public void prepare() throws InterruptedException {
        for (int i = share.from(plan.subscribers()); i < share.to(plan.subscribers()); i++) {
            LoadLoop loop = subscribing.get(i % subscribing.size());
            subscribers.add(new Subscriber(loop, door, i, List.of(plan.topic(i)), share.index()));
        }
        for (int i = share.from(plan.publishers()); i < share.to(plan.publishers()); i++) {
            Payload payload = new Payload(plan.sizes(), share.index(), i);
            publishers.add(new Publisher(publishing, door, plan.subscribers() + i, plan.topicNames(), i, payload));
        }
        new Entrance(List.of(publishing)).admit(publishers);
        new Entrance(subscribing).admit(subscribers);
    }

    @Override
    public void start() {
        if (plan.saturates()) {
            saturate();
            return;
        }
        double period = 1e9 * plan.publishers() / plan.rate();
        long begin = WallClock.nanos();
        int first = share.from(plan.publishers());
        for (int i = 0; i < publishers.size(); i++) {
            double due = begin + period * (first + i) / plan.publishers();
            paces.add(new Pace(publishers.get(i), due, period));
        }
        publishing.loop().execute(this::tick);
    }

    @Override
    void endTraffic() throws InterruptedException {
        stopped = true;
        long endedAt = WallClock.nanos();
        long deadline = System.nanoTime() + ANSWERS_NANOS;
        while (outstanding() > 0 && System.nanoTime() - deadline < 0) TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        Map<String, Position> tops = publishing.on(() -> tops(endedAt));
        while (behind(tops, false) > 0 && System.nanoTime() - deadline < 0) TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        behind(tops, true);
    }

    /** The newest publication of each topic that a publisher of this process has an acknowledgement for. */
    private Map<String, Position> tops(long endedAt) {
        Map<String, Position> tops = new HashMap<>();
        for (Publisher publisher : publishers)
            publisher.tops().forEach((topic, top) -> tops.merge(topic, top, FanOutScenario::newer));
        publishing
                .tally()
                .count(
                        "unanswered",
                        publishers.stream().mapToInt(Publisher::outstanding).sum());
        publishing
                .tally()
                .count(
                        "unsent",
                        paces.stream().mapToLong(pace -> pace.unsent(endedAt)).sum());
        return tops;
    }

    // Of two epochs nobody can say which is newer: what only one of them knows is not held against a subscriber.
    private static Position newer(Position one, Position other) {
        return other.epoch() == one.epoch() && other.offset() > one.offset() ? other : one;
    }

    /** Publications that subscribers have neither got nor were told to be missing; they are given up, if so said. */
    private long behind(Map<String, Position> tops, boolean givenUp) {
        return subscribing.stream()
                .mapToLong(loop -> loop.on(() -> behind(loop, tops, givenUp)))
                .sum();
    }

    private long behind(LoadLoop loop, Map<String, Position> tops, boolean givenUp) {
        long behind = 0;
        for (Subscriber each : subscribers) {
            if (each.loop() != loop) continue;
            if (each.hasAll()) behind += each.behind(tops);
            else if (givenUp) loop.tally().count("away at the end", 1);
        }
        if (givenUp && behind > 0) loop.tally().count("silent", behind);
        return behind;
    }

    final List<Subscriber> subscribers() {
        return subscribers;
    }

    final Door door() {
        return door;
    }

    final Share share() {
        return share;
    }

    private int outstanding() {
        return publishing.on(
                () -> publishers.stream().mapToInt(Publisher::outstanding).sum());
    }

    private void tick() {
        if (stopped) return;
        long now = WallClock.nanos();
        for (Pace pace : paces) pace.publishDue(now);
        publishing.loop().at(System.nanoTime() + TICK_NANOS, this::tick);
    }

    private void saturate() {
        if (subscribers.isEmpty() || publishers.isEmpty()) return;
        double each = (double) subscribers.size() / plan.topics();
        Saturation saturation =
                new Saturation(subscribing, publishing, publishers, plan.window(), each, share.count(), () -> stopped);
        saturation.start();
    }

    /** A publisher's own timetable. Owned by the publishers' loop. */
    private static final class Pace {
        private final Publisher publisher;
        private final double period;
        private double due;
        private boolean held;

        Pace(Publisher publisher, double due, double period) {
            this.publisher = publisher;
            this.due = due;
            this.period = period;
        }

        // What it had no room for stays due, and keeps its time. How late the others are is this tool's own fault.
        void publishDue(long now) {
            for (; due <= now && publisher.hasRoom(); due += period) {
                if (!held) publisher.tally().latency("tool late", now - (long) due);
                publisher.publish((long) due);
            }
            held = due <= now;
            publisher.flush();
        }

        /** What it could not send in time. */
        long unsent(long endedAt) {
            return held ? Math.max(0, (long) ((endedAt - due) / period)) : 0;
        }
    }
}
