package io.fanwire.node.cluster;

import io.fanwire.node.backplane.Member;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides how many clients a node hands off after a report. Only a node above the average does, and only what it has too
 * many: so nodes don't push clients back and forth. Owned by one thread.
 */
final class Balance {
    // Fewer are not worth a reconnect.
    private static final int LEAST_EXCESS = 10;

    // A node that came or went a moment ago: its clients are still on their way, or already on their way to it.
    private static final int STEADY_REPORTS = 2;

    private final ClusterConfig config;
    private final String self;
    private Set<String> members = Set.of();
    private int steady;

    Balance(ClusterConfig config, String self) {
        this.config = config;
        this.self = self;
    }

    /**
     * To be called for each report.
     *
     * @param mine connections that this node has now
     * @return how many to hand off until the next one
     */
    int handOff(ClusterView view, int mine) {
        countSteady(ids(view.serving()));
        if (steady < STEADY_REPORTS || members.size() < 2 || !members.contains(self)) return 0;
        double most = view.average() * (1 + config.tolerancePercent() / 100.0);
        int excess = excess(view, mine);
        return mine > most && excess >= LEAST_EXCESS ? Math.min(excess, pace(mine)) : 0;
    }

    /** How many connections above the average. */
    static int excess(ClusterView view, int mine) {
        return (int) Math.max(0, mine - Math.ceil(view.average()));
    }

    private void countSteady(Set<String> now) {
        steady = now.equals(members) ? steady + 1 : 1;
        members = now;
    }

    private int pace(int mine) {
        return (int) Math.ceil(
                config.pacePercent() / 100.0 * mine * config.reportInterval().toMillis() / 1_000);
    }

    private static Set<String> ids(List<Member> members) {
        return members.stream().map(Member::nodeId).collect(Collectors.toSet());
    }
}
