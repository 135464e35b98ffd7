package io.fanwire.node.observe;

import io.fanwire.node.admission.Admission;
import io.fanwire.node.admission.AdmissionStats;
import io.fanwire.node.admission.Drop;
import io.fanwire.node.admission.Overload;
import io.fanwire.node.admission.Refusal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters of who came in and who did not, and of the load that decides about it. */
public final class AdmissionMetrics implements MeterBinder {
    private final Admission admission;
    private final Overload overload;

    public AdmissionMetrics(Admission admission, Overload overload) {
        this.admission = admission;
        this.overload = overload;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        AdmissionStats stats = admission.stats();
        bindHandshakes(registry, stats);
        bindSockets(registry, stats);
        bindLoad(registry);
    }

    private static void bindHandshakes(MeterRegistry registry, AdmissionStats stats) {
        FunctionCounter.builder("fanwire.handshakes", stats, AdmissionStats::acceptedTotal)
                .description("Handshakes that were accepted")
                .register(registry);
        for (Refusal reason : Refusal.values()) {
            FunctionCounter.builder("fanwire.handshakes.refused", stats, each -> each.refusedTotal(reason))
                    .tag("reason", reason.name())
                    .description("Handshakes answered with an error, by reason")
                    .register(registry);
        }
        Gauge.builder("fanwire.handshakes.pending", stats, AdmissionStats::pending)
                .description("TCP connections that have not finished their handshake")
                .register(registry);
    }

    private void bindSockets(MeterRegistry registry, AdmissionStats stats) {
        for (Drop reason : Drop.values()) {
            FunctionCounter.builder("fanwire.connections.refused", stats, each -> each.droppedTotal(reason))
                    .tag("reason", reason.name())
                    .description("TCP connections closed without an answer, by reason")
                    .register(registry);
        }
        FunctionCounter.builder("fanwire.accept.failures", stats, AdmissionStats::acceptFailuresTotal)
                .description("Times that the system did not give the node a connection that was there")
                .register(registry);
        Gauge.builder("fanwire.sockets", stats, AdmissionStats::sockets)
                .description("TCP connections of clients, in whatever state")
                .register(registry);
        Gauge.builder("fanwire.connections.max", admission, Admission::maxConnections)
                .description("The most connections that the node lets in")
                .register(registry);
    }

    private void bindLoad(MeterRegistry registry) {
        Gauge.builder("fanwire.overloaded", overload, each -> each.isOverloaded() ? 1 : 0)
                .description("1 while the node takes no more because of its load, else 0")
                .register(registry);
        Gauge.builder("fanwire.heap.used.percent", overload, Overload::heapPercent)
                .description("What the last collections left in use, of the heap's maximum")
                .register(registry);
        Gauge.builder("fanwire.memory.used.percent", overload, Overload::memoryPercent)
                .description("Memory in use of the container's, without cached files")
                .register(registry);
        for (String loop : overload.loops()) {
            Gauge.builder("fanwire.lane.delay", overload, each -> each.delaySeconds(loop))
                    .tag("lane", loop)
                    .description("How long a task waits for its event loop")
                    .baseUnit("seconds")
                    .register(registry);
        }
    }
}
