package io.fanwire.node.cluster;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.Timer;
import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.CloseReason;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands off clients of a node that has more than the others, a few each second, spread over the time to the next report.
 * All state is owned by the loop; only {@link #excess} may be called from other threads.
 */
public final class Rebalance {
    private static final Logger LOG = LoggerFactory.getLogger(Rebalance.class);
    private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLoop loop;
    private final String self;
    private final Sessions sessions;
    private final BooleanSupplier isHeld;
    private final RandomGenerator random;
    private final Balance balance;
    private final int steps;
    private final Timer timer = Timer.of(this::step);
    private int left;
    private int stepsLeft;
    private volatile int excess;

    /**
     * @param self this node's id
     * @param isHeld whether nothing is handed off at present, since the node has other troubles
     */
    public Rebalance(
            EventLoop loop,
            ClusterConfig config,
            String self,
            Sessions sessions,
            BooleanSupplier isHeld,
            RandomGenerator random) {
        this.loop = loop;
        this.self = self;
        this.sessions = sessions;
        this.isHeld = isHeld;
        this.random = random;
        this.balance = new Balance(config, self);
        this.steps = (int) Math.max(1, config.reportInterval().toSeconds());
    }

    /** Loop only. The nodes have told how they are; what was left to do by the last report is no more. */
    public void onReport(ClusterView view) {
        int mine = sessions.alive();
        ClusterView around = view.around(self);
        excess = Balance.excess(around, mine);
        left = balance.handOff(view, mine);
        stepsLeft = steps;
        timer.cancel();
        if (left == 0) return;
        LOG.info("hands off {} of {} clients, the average is {}", left, mine, Math.round(around.share()));
        step();
    }

    /** Connections above the average of the nodes, by the last report. */
    public int excess() {
        return excess;
    }

    private void step() {
        if (isHeld.getAsBoolean()) return;
        int now = (left + stepsLeft - 1) / stepsLeft;
        sessions.leave(now, CloseReason.REBALANCE);
        left -= now;
        stepsLeft--;
        if (left > 0) loop.schedule(timer, (long) (STEP_NANOS * random.nextDouble(0.5, 1.1)));
    }
}
