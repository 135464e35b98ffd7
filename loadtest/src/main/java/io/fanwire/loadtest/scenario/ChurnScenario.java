package io.fanwire.loadtest.scenario;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Traffic among clients that stay, beside sessions that come, subscribe to a topic of that traffic, and go, and sessions
 * that stay and subscribe and unsubscribe in turn. All state of the churn is owned by its loop.
 */
public final class ChurnScenario extends FanOutScenario {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Plan plan;
    private final FanOutPlan traffic;
    private final LoadLoop churning = addLoop("churn");
    private final Queue<Subscriber> guests = new ArrayDeque<>();
    private final List<Toggler> togglers = new ArrayList<>();
    private volatile boolean ended;
    private long begin;
    private long came;
    private long left;
    private long toggled;

    public ChurnScenario(Plan plan, FanOutPlan traffic, Targets targets, Share share) {
        super(traffic, targets, share);
        this.plan = plan;
        this.traffic = traffic;
    }

    @Override
    public void prepare() throws InterruptedException {
        super.prepare();
        for (int i = share().from(plan.togglers()); i < share().to(plan.togglers()); i++) {
            togglers.add(new Toggler(churning, door(), guestNumber(i), "load-churn-" + i));
        }
        new Entrance(List.of(churning)).admit(togglers);
    }

    @Override
    public void start() {
        super.start();
        churning.loop().execute(() -> {
            begin = System.nanoTime();
            tick();
        });
    }

    @Override
    void endTraffic() throws InterruptedException {
        ended = true;
        super.endTraffic();
    }

    private void tick() {
        if (ended) return;
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (; came < seconds * plan.sessionsPerSecond() / share().count(); came++) come();
        for (; left < (seconds - plan.staySeconds()) * plan.sessionsPerSecond() / share().count(); left++) goodbye();
        long toggles = togglers.isEmpty() ? 0 : (long) (seconds * plan.togglesPerSecond() / share().count());
        for (; toggled < toggles; toggled++)
            togglers.get((int) (toggled % togglers.size())).toggle();
        churning.loop().at(System.nanoTime() + TICK_NANOS, this::tick);
    }

    private void come() {
        // Their ports rest for a minute after the connection: as many numbers as there are ports for that.
        int number = guestNumber(traffic.subscribers() + (int) (came % Plan.MAX_GUESTS));
        Subscriber guest = new Guest(number, traffic.topic(number));
        guest.comesBack(false);
        guests.add(guest);
        guest.connect();
    }

    private void goodbye() {
        Subscriber guest = guests.poll();
        if (guest != null) guest.leave();
    }

    private int guestNumber(int i) {
        return traffic.subscribers() + traffic.publishers() + i;
    }

    /** A session that has come when it has its subscription. */
    private final class Guest extends Subscriber {
        Guest(int number, String topic) {
            super(churning, door(), number, List.of(topic), share().index());
        }

        @Override
        void onAll() {
            tally().count("came", 1);
        }
    }

    /**
     * @param sessionsPerSecond that come and, after their stay, go
     * @param togglesPerSecond subscribes and unsubscribes of the sessions that stay
     * @param togglers how many of these
     */
    public record Plan(double sessionsPerSecond, double staySeconds, double togglesPerSecond, int togglers) {
        private static final int MAX_GUESTS = 160_000;
    }
}
