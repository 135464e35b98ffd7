package io.fanwire.loadtest.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections that come at a steady pace, subscribe to one topic each, and stay. One that fails is counted by its cause
 * and not tried again.
 */
public final class ConnectScenario extends LoopScenario {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    // As long as an attempt may take.
    private static final long PENDING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MILLIS = 5;

    private final Plan plan;
    private final Share share;
    private final Door door;
    private final List<LoadLoop> connecting = new ArrayList<>();
    private final List<List<Subscriber>> clients = new ArrayList<>();
    private volatile boolean stopped;

    public ConnectScenario(Plan plan, Targets targets, Share share) {
        this.plan = plan;
        this.share = share;
        this.door = new Door(targets);
        for (int i = 0; i < plan.loops(); i++) connecting.add(addLoop("clients-" + i));
    }

    @Override
    public void prepare() {
        connecting.forEach(loop -> clients.add(new ArrayList<>()));
        for (int i = share.from(plan.clients()); i < share.to(plan.clients()); i++) {
            int turn = i % connecting.size();
            Subscriber client =
                    new Subscriber(connecting.get(turn), door, i, List.of("load-" + i % plan.topics()), share.index());
            client.comesBack(false);
            clients.get(turn).add(client);
        }
    }

    @Override
    public void start() {
        long begin = System.nanoTime();
        for (int i = 0; i < connecting.size(); i++) {
            LoadLoop loop = connecting.get(i);
            List<Subscriber> own = clients.get(i);
            double period = 1e9 * plan.clients() / Math.max(1, own.size()) / plan.perSecond();
            loop.loop().execute(() -> connectDue(loop, own, 0, begin, period));
        }
    }

    @Override
    void endTraffic() throws InterruptedException {
        stopped = true;
        long deadline = System.nanoTime() + PENDING_NANOS;
        while (isPending() && System.nanoTime() - deadline < 0) TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }

    /** Whether somebody has neither got in nor failed yet. */
    private boolean isPending() {
        int settled = connecting.stream()
                .mapToInt(loop -> loop.tally().ready() + loop.tally().failedEver())
                .sum();
        return settled < share.of(plan.clients());
    }

    private void connectDue(LoadLoop loop, List<Subscriber> own, int done, long begin, double period) {
        int next = done;
        long now = System.nanoTime();
        for (; next < own.size() && begin + period * next <= now; next++) {

            own.get(next).connect((long) (begin + period * next));
        }
        int connected = next;
        if (stopped || connected == own.size()) return;
        loop.loop().at(now + TICK_NANOS, () -> connectDue(loop, own, connected, begin, period));
    }

    /**
     * @param clients of all processes together
     * @param perSecond connections per second, of all processes together
     * @param loops threads of clients in each process
     */
    public record Plan(int clients, double perSecond, int topics, int loops) {}
}
