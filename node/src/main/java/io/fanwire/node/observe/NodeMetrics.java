package io.fanwire.node.observe;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.session.LagReport;
import io.fanwire.node.session.Lane;
import io.fanwire.node.session.RateConfig;
import io.fanwire.node.session.SessionStats;
import io.fanwire.node.topic.DeliveryStats;
import io.fanwire.node.topic.TopicRegistry;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.Gap;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.util.List;
import java.util.function.ToLongFunction;

/** The node's meters: read from its counters when somebody asks, so that counting costs the hot path nothing more. */
public final class NodeMetrics implements MeterBinder, AutoCloseable {
    private static final List<Gap.Reason> TOLD = List.of(
            Gap.Reason.REASON_TOO_SLOW,
            Gap.Reason.REASON_EPOCH_CHANGED,
            Gap.Reason.REASON_HISTORY_EXCEEDED,
            Gap.Reason.REASON_CONFLATED);

    private final SessionStats sessions;
    private final TopicRegistry topics;
    private final List<Lane> lanes;
    private final Backplane backplane;
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public NodeMetrics(SessionStats sessions, TopicRegistry topics, List<Lane> lanes, Backplane backplane) {
        this.sessions = sessions;
        this.topics = topics;
        this.lanes = List.copyOf(lanes);
        this.backplane = backplane;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindSessions(registry);
        bindTopics(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ResidentMemory().bindTo(registry);
        gc.bindTo(registry);
    }

    @Override
    public void close() {
        gc.close();
    }

    private void bindSessions(MeterRegistry registry) {
        Gauge.builder("fanwire.connections", sessions, SessionStats::sessions)
                .description("Client connections that are open now")
                .register(registry);
        counter(registry, "fanwire.connections.opened", "Client connections since the start", sessions::openedTotal);
        counter(registry, "fanwire.commands", "Commands from clients", sessions::commandsTotal);
        counter(
                registry,
                "fanwire.publications.sent",
                "Publications of this node's clients that the backplane took",
                sessions::publishedTotal);
        counter(
                registry,
                "fanwire.publish.failures",
                "Publish commands answered with an error",
                sessions::publishFailuresTotal);
        counter(
                registry,
                "fanwire.write.stalls",
                "Writes that a client's socket did not take at once",
                sessions::writeStallsTotal);
        bindFullSockets(registry);
        for (CloseReason reason : CloseReason.values())
            closed(registry, reason.name(), () -> sessions.closedTotal(reason));
        closed(registry, "BY_CLIENT", sessions::lostTotal);
        for (RateConfig.Kind kind : RateConfig.Kind.values()) {
            tagged(
                    registry,
                    "fanwire.rate.limited",
                    "Commands refused because of a rate, by which",
                    Tag.of("rate", kind.name()),
                    () -> sessions.rateLimitedTotal(kind));
        }
        bindLag(registry);
    }

    private void bindFullSockets(MeterRegistry registry) {
        Gauge.builder("fanwire.full.sockets", this, metrics -> metrics.fullSockets())
                .description("Clients whose sockets have not taken all of a write")
                .register(registry);
        counter(
                registry,
                "fanwire.full.sockets.cut",
                "Clients that were cut because too many sockets were full",
                sessions::fullSocketsCutTotal);
    }

    private long fullSockets() {
        return lanes.stream().mapToLong(Lane::fullSocketsNow).sum();
    }

    private void bindLag(MeterRegistry registry) {
        lag(
                registry,
                "subscriptions",
                "Subscriptions whose client does not take what there is",
                LagReport::subscriptions);
        lag(registry, "sessions", "Sessions with such subscriptions", LagReport::sessions);
        lag(registry, "publications.max", "How far one of them is behind", LagReport::maxPublications);
        lag(registry, "bytes.max", "How far one of them is behind in its topic's log", LagReport::maxBytes);
        lag(registry, "bytes", "How far all of them are behind together", LagReport::bytes);
    }

    private void lag(MeterRegistry registry, String name, String description, ToLongFunction<LagReport> value) {
        Gauge.builder("fanwire.lag." + name, this, metrics -> value.applyAsLong(metrics.lag()))
                .description(description)
                .register(registry);
    }

    private LagReport lag() {
        return LagReport.sum(lanes.stream().map(Lane::lag).toList());
    }

    private void bindTopics(MeterRegistry registry) {
        Gauge.builder("fanwire.subscriptions", this, metrics -> metrics.sum(DeliveryStats::subscriptions))
                .description("Subscriptions of this node's clients")
                .register(registry);
        Gauge.builder("fanwire.topics", topics, TopicRegistry::topics)
                .description("Topics with subscribers on this node")
                .register(registry);
        Gauge.builder("fanwire.log.bytes", topics, TopicRegistry::logBytes)
                .description("Memory of all topic logs")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("fanwire.log.max", topics, TopicRegistry::maxLogBytes)
                .description("The most that all topic logs may have together")
                .baseUnit("bytes")
                .register(registry);
        counter(
                registry,
                "fanwire.log.dropped.bytes",
                "Memory of log segments that went because all logs together had too much",
                topics::droppedLogBytes);
        Gauge.builder("fanwire.backplane.up", backplane, port -> port.state() == BackplaneState.UP ? 1 : 0)
                .description("1 while publications can pass, else 0")
                .register(registry);
        counter(
                registry,
                "fanwire.publications.received",
                "Publications from the backplane for topics with subscribers here",
                topics::received);
        counter(
                registry,
                "fanwire.deliveries",
                "Publications handed to subscribers, each counted once a subscriber",
                () -> sum(DeliveryStats::deliveries));
        counter(
                registry,
                "fanwire.delivered.bytes",
                "Bytes of publications handed to subscribers",
                () -> sum(DeliveryStats::bytes));
        counter(
                registry,
                "fanwire.writes",
                "Messages with publications to subscribers; deliveries per write tell how much is batched",
                () -> sum(DeliveryStats::writes));
        bindHistory(registry);
        counter(
                registry,
                "fanwire.lane.failures",
                "Tasks and sessions that threw: a defect",
                () -> sessions.defectsTotal()
                        + lanes.stream()
                                .mapToLong(lane -> lane.loop().failures())
                                .sum());
    }

    private void bindHistory(MeterRegistry registry) {
        for (Gap.Reason reason : TOLD) {
            tagged(
                    registry,
                    "fanwire.subscriber.gaps",
                    "Gaps told to single subscribers, by reason",
                    Tag.of("reason", reason.name().substring("REASON_".length())),
                    () -> sum(stats -> stats.gaps(reason)));
        }
        for (DeliveryStats.Start start : DeliveryStats.Start.values()) {
            tagged(
                    registry,
                    "fanwire.resumes",
                    "Subscriptions that asked for an earlier point, by where they started",
                    Tag.of("from", start.name()),
                    () -> sum(stats -> stats.starts(start)));
        }
        Gauge.builder("fanwire.catchups", this, metrics -> metrics.sum(DeliveryStats::catchUps))
                .description("Subscriptions that read from the history now")
                .register(registry);
        counter(registry, "fanwire.history.pages", "Pages of history that subscribers wanted", topics::pagesAsked);
        counter(registry, "fanwire.history.reads", "Reads of history that it took to give them", topics::pagesRead);
        counter(registry, "fanwire.history.failures", "Reads of history that failed", topics::pageFailures);
        Gauge.builder("fanwire.history.waiting", topics, TopicRegistry::pagesWaiting)
                .description("Reads of history that wait for their turn")
                .register(registry);
        Gauge.builder("fanwire.history.kept", topics, TopicRegistry::pageBytes)
                .description("Pages of history kept for the next who wants them")
                .baseUnit("bytes")
                .register(registry);
    }

    private long sum(ToLongFunction<DeliveryStats> value) {
        return lanes.stream().map(Lane::stats).mapToLong(value).sum();
    }

    private void closed(MeterRegistry registry, String reason, Count count) {
        tagged(
                registry,
                "fanwire.connections.closed",
                "Client connections that ended, by reason",
                Tag.of("reason", reason),
                count);
    }

    private void tagged(MeterRegistry registry, String name, String description, Tag tag, Count count) {
        FunctionCounter.builder(name, this, metrics -> count.value())
                .tags(Tags.of(tag))
                .description(description)
                .register(registry);
    }

    // Micrometer holds what it counts weakly: `this`, which the node holds, and not the lambda, which nobody does.
    private void counter(MeterRegistry registry, String name, String description, Count count) {
        FunctionCounter.builder(name, this, metrics -> count.value())
                .description(description)
                .register(registry);
    }

    @FunctionalInterface
    private interface Count {
        long value();
    }
}
