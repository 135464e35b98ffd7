package io.fanwire.node.observe;

import io.fanwire.node.cluster.ClusterView;
import io.fanwire.node.cluster.Membership;
import io.fanwire.node.cluster.Rebalance;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What a node knows of the others. */
public final class ClusterMetrics implements MeterBinder {
    private final Membership membership;
    private final Rebalance rebalance;

    public ClusterMetrics(Membership membership, Rebalance rebalance) {
        this.membership = membership;
        this.rebalance = rebalance;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "fanwire.cluster.members",
                        membership,
                        each -> ofView(each, view -> view.members().size()))
                .description("Nodes of the cluster; 0 while that is not known")
                .register(registry);
        Gauge.builder("fanwire.cluster.connections", membership, each -> ofView(each, ClusterView::connections))
                .description("Client connections of all nodes; 0 while that is not known")
                .register(registry);
        FunctionCounter.builder("fanwire.cluster.report.failures", membership, Membership::failuresTotal)
                .description("Reports to the other nodes that failed")
                .register(registry);
        Gauge.builder("fanwire.rebalance.excess", rebalance, Rebalance::excess)
                .description("Client connections above the average of the nodes")
                .register(registry);
    }

    private static double ofView(Membership membership, ToDoubleFunction<ClusterView> value) {
        ClusterView view = membership.last();
        return view == null || !membership.isCurrent() ? 0 : value.applyAsDouble(view);
    }
}
