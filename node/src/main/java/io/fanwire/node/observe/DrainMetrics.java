package io.fanwire.node.observe;

import io.fanwire.node.drain.Drain;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Whether the node lets its clients go, and how many are left. */
public final class DrainMetrics implements MeterBinder {
    private final Drain drain;

    public DrainMetrics(Drain drain) {
        this.drain = drain;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("fanwire.draining", drain, each -> each.isDraining() ? 1 : 0)
                .description("1 while the node lets its clients go, and afterwards")
                .register(registry);
        Gauge.builder("fanwire.drain.left", drain, Drain::left)
                .description("Clients that are still there while the node drains")
                .register(registry);
    }
}
