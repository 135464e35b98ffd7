package io.fanwire.bench.storm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands off clients of nodes that have too many, by the rule of a node's {@code Balance} with its defaults, told again in
 * numbers: a node's own would build a list of all members for each of them. One thread.
 */
final class Rebalancing {
    static final int PACE_MILLIS = 1_000;
    private static final int REPORT_MILLIS = 5_000;
    private static final double TOLERANCE = 1.1;
    private static final double PACE = 0.01;
    // One and a half intervals, seen at reports.
    private static final int REPORTS_ABOVE = 2;
    private static final int LEAST_EXCESS = 10;
    private static final int CALM_MILLIS = 6 * REPORT_MILLIS;

    private final double drainTolerance;
    private final Map<Site, Integer> reportsAbove = new HashMap<>();
    private Set<Site> before = Set.of();
    private long drainSeenAt = -CALM_MILLIS;
    private boolean quiet = true;

    /** @param drainTolerancePercent how much more than its share a node keeps while others drain */
    Rebalancing(int drainTolerancePercent) {
        this.drainTolerance = 1 + drainTolerancePercent / 100.0;
    }

    void tick(Storm storm, long now) {
        List<Site> serving = serving(storm);
        double share =
                serving.stream().mapToInt(site -> site.clients.size()).average().orElse(0);
        if (now % REPORT_MILLIS == 0) report(storm, serving, share, now);
        for (Site site : serving) {
            int mine = site.clients.size();
            if (reportsAbove.getOrDefault(site, 0) < REPORTS_ABOVE || !isAbove(mine, share, tolerance(now))) continue;
            storm.leave(site, (int) Math.min(mine - Math.ceil(share), Math.ceil(PACE * mine)));
        }
    }

    /** Whether nobody has more clients than it would keep, and no node has drained of late. */
    boolean isQuiet() {
        return quiet;
    }

    private void report(Storm storm, List<Site> serving, double share, long now) {
        if (storm.sites().stream().anyMatch(site -> site.draining && site.clients.size() > 0)) drainSeenAt = now;
        Set<Site> members = new HashSet<>(serving);
        if (!members.equals(before)) reportsAbove.clear();
        before = members;
        for (Site site : serving) {
            if (isAbove(site.clients.size(), share, tolerance(now))) reportsAbove.merge(site, 1, Integer::sum);
            else reportsAbove.remove(site);
        }
        quiet = isCalm(now) && reportsAbove.isEmpty();
    }

    private double tolerance(long now) {
        return isCalm(now) ? TOLERANCE : drainTolerance;
    }

    private boolean isCalm(long now) {
        return now - drainSeenAt >= CALM_MILLIS;
    }

    private static boolean isAbove(int mine, double share, double tolerance) {
        return mine > share * tolerance && mine - share >= LEAST_EXCESS;
    }

    private static List<Site> serving(Storm storm) {
        List<Site> serving = new ArrayList<>();
        for (Site site : storm.sites()) if (site.alive && !site.draining) serving.add(site);
        return serving;
    }
}
