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

    private final Map<Site, Integer> reportsAbove = new HashMap<>();
    private Set<Site> before = Set.of();

    void tick(Storm storm, long now) {
        List<Site> serving = serving(storm);
        double share =
                serving.stream().mapToInt(site -> site.clients.size()).average().orElse(0);
        if (now % REPORT_MILLIS == 0) report(serving, share);
        for (Site site : serving) {
            int mine = site.clients.size();
            if (reportsAbove.getOrDefault(site, 0) < REPORTS_ABOVE || !isAbove(mine, share)) continue;
            storm.leave(site, (int) Math.min(mine - Math.ceil(share), Math.ceil(PACE * mine)));
        }
    }

    private void report(List<Site> serving, double share) {
        Set<Site> members = new HashSet<>(serving);
        if (!members.equals(before)) reportsAbove.clear();
        before = members;
        for (Site site : serving) {
            if (isAbove(site.clients.size(), share)) reportsAbove.merge(site, 1, Integer::sum);
            else reportsAbove.remove(site);
        }
    }

    private static boolean isAbove(int mine, double share) {
        return mine > share * TOLERANCE && mine - share >= LEAST_EXCESS;
    }

    private static List<Site> serving(Storm storm) {
        List<Site> serving = new ArrayList<>();
        for (Site site : storm.sites()) if (site.alive && !site.draining) serving.add(site);
        return serving;
    }
}
