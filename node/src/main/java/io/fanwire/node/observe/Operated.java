package io.fanwire.node.observe;

import io.fanwire.node.cluster.Membership;
import io.fanwire.node.drain.Drain;
import io.fanwire.node.session.LagReport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** What operators ask a node for, and tell it. Any thread. */
public record Operated(
        String nodeId,
        Health health,
        PrometheusMeterRegistry metrics,
        Drain drain,
        Membership membership,
        Supplier<LagReport> lag) {}
