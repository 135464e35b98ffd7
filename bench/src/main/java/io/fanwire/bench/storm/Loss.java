package io.fanwire.bench.storm;

import java.time.Duration;

/**
 * Nodes are gone. Their clients notice at once, as where a balancer ends their connections: where they have to miss
 * heartbeats first they come back over half a minute, which is the milder case.
 */
final class Loss implements Disturbance {
    private final int nodes;
    private final long unnoticedMillis;
    private final boolean silent;

    /**
     * @param unnoticed how long the Service goes on to send clients there
     * @param silent whether attempts that come there meanwhile time out, rather than fail at once
     */
    Loss(int nodes, Duration unnoticed, boolean silent) {
        this.nodes = nodes;
        this.unnoticedMillis = unnoticed.toMillis();
        this.silent = silent;
    }

    @Override
    public void tick(Storm storm, long now) {
        if (now == 0) storm.sites().subList(0, nodes).forEach(site -> lose(storm, site));
        if (now == unnoticedMillis) storm.sites().subList(0, nodes).forEach(storm::unroute);
    }

    @Override
    public boolean isOver(long now) {
        return now > unnoticedMillis;
    }

    private void lose(Storm storm, Site site) {
        site.alive = false;
        site.silent = silent;
        storm.cut(site);
    }
}
