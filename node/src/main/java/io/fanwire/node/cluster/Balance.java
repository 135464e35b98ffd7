package io.fanwire.node.cluster;

import io.fanwire.node.backplane.Member;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides how many clients a node hands off after a report. Only a node above the average does, and only what it has too
 * many: so nodes don't push clients back and forth.
 *
 * <p>While nodes drain, and a little longer, clients that are handed off may land on a node that drains next, as in a rolling
 * update: with the usual tolerance each client moved about four times. So only a node that has far too many hands off then.
 *
 * <p>A node that came or went is not answered with a move, since its clients are still on their way. So a node must have
 * had too many for a while, with the same nodes, all of which still speak. One that dies is silent for as long as the
 * while lasts, before those who got its clients could hand them off. Owned by one thread.
 */
final class Balance {
    // Fewer are not worth a reconnect.
    private static final int LEAST_EXCESS = 10;

    private final ClusterConfig config;
    private final String self;
    private Set<Life> lives = Set.of();
    private boolean above;
    private long aboveSince;
    private boolean hasSeenDrain;
    private long drainSeenAt;

    Balance(ClusterConfig config, String self) {
        this.config = config;
        this.self = self;
    }

    /**
     * To be called for each report.
     *
     * @param view all nodes that are heard of
     * @param mine connections that this node has now
     * @return how many to hand off until the next one
     */
    int handOff(ClusterView view, int mine) {
        ClusterView around = view.around(self);
        boolean wasAbove = isAsBefore(around) && above;
        above = isAbove(around, mine, tolerancePercent(view)) && around.isHeardWithin(config.silence());
        if (!above) return 0;
        if (!wasAbove) aboveSince = around.heardAt();
        boolean lasts = around.heardAt() - aboveSince >= config.silence().toNanos();
        return lasts ? Math.min(excess(around, mine), pace(mine)) : 0;
    }

    /** How many connections above the average. */
    static int excess(ClusterView around, int mine) {
        return (int) Math.max(0, mine - Math.ceil(around.share()));
    }

    private int tolerancePercent(ClusterView view) {
        if (view.hasDraining()) {
            hasSeenDrain = true;
            drainSeenAt = view.heardAt();
        }
        boolean calm =
                !hasSeenDrain || view.heardAt() - drainSeenAt >= config.calm().toNanos();
        return calm ? config.tolerancePercent() : Math.max(config.tolerancePercent(), config.drainTolerancePercent());
    }

    private boolean isAbove(ClusterView around, int mine, int tolerancePercent) {
        List<Member> members = around.members();
        if (members.size() < 2
                || members.stream().noneMatch(each -> each.nodeId().equals(self))) return false;
        double most = around.share() * (1 + tolerancePercent / 100.0);
        return mine > most && excess(around, mine) >= LEAST_EXCESS;
    }

    private boolean isAsBefore(ClusterView around) {
        Set<Life> before = lives;
        lives = around.members().stream()
                .map(each -> new Life(each.nodeId(), each.startedAtMs()))
                .collect(Collectors.toSet());
        return lives.equals(before);
    }

    private int pace(int mine) {
        return (int) Math.ceil(
                config.pacePercent() / 100.0 * mine * config.reportInterval().toMillis() / 1_000);
    }

    /** A node from one start to the next. */
    private record Life(String nodeId, long startedAtMs) {}
}
