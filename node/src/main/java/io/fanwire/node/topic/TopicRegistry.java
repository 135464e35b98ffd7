package io.fanwire.node.topic;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.lane.Timer;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The topics with subscribers on this node, and their life: the first audience subscribes in the backplane, the last
 * one's leave is followed, a second look later, by the unsubscribe. All state is owned by the registry's own loop;
 * {@link #join}, {@link #leave} and the counters may be called from any thread.
 */
public final class TopicRegistry {
    private final Map<Topic, HostedTopic> topics = new HashMap<>();
    private final LongAdder received = new LongAdder();
    private final LogBudget logs;
    private final PageShelf pages;
    private final EventLoop loop;
    private final NanoClock clock;
    private final Backplane backplane;
    private final Namespaces namespaces;
    private final TopicConfig config;
    private final Timer sweep = Timer.of(this::sweep);
    private volatile int count;
    private int lastId;

    public TopicRegistry(
            EventLoop loop, NanoClock clock, Backplane backplane, Namespaces namespaces, TopicConfig config) {
        this.loop = loop;
        this.clock = clock;
        this.backplane = backplane;
        this.namespaces = namespaces;
        this.config = config;
        this.logs = new LogBudget(config.maxLogBytes(), clock);
        this.pages = new PageShelf(backplane, clock);
        loop.execute(this::sweep);
    }

    /** What holds for a topic. @throws io.fanwire.node.namespace.UnknownNamespaceException if it is refused */
    public Namespace namespaceOf(Topic topic) {
        return namespaces.of(topic);
    }

    /** Topics with subscribers, or lingering after the last one. */
    public int topics() {
        return count;
    }

    /** Publications that came from the backplane. */
    public long received() {
        return received.sum();
    }

    /** Bytes of all topic logs. */
    public long logBytes() {
        return logs.bytes();
    }

    /** The most that they may be. */
    public long maxLogBytes() {
        return logs.maxBytes();
    }

    /** Bytes of segments that were dropped to keep to that. */
    public long droppedLogBytes() {
        return logs.droppedBytes();
    }

    /** Pages of history that subscribers wanted. */
    public long pagesAsked() {
        return pages.asked();
    }

    /** Reads from the backplane that it took to give them. */
    public long pagesRead() {
        return pages.reads();
    }

    /** Of these, those that failed. */
    public long pageFailures() {
        return pages.failures();
    }

    /** Reads that wait for their turn. */
    public int pagesWaiting() {
        return pages.readsWaiting();
    }

    /** Bytes of pages that are kept for the next who wants them. */
    public long pageBytes() {
        return pages.keptBytes();
    }

    TopicConfig config() {
        return config;
    }

    void join(Audience audience) {
        loop.execute(() -> onJoin(audience));
    }

    void leave(Audience audience) {
        loop.execute(() -> onLeave(audience));
    }

    private void onJoin(Audience audience) {
        HostedTopic hosted = topics.get(audience.topic());
        if (hosted != null) {
            if (hosted.linger != null) hosted.linger.cancel();
            hosted.join(audience);
        } else if (topics.size() >= config.maxTopics()) {
            audience.refused(new TooManyTopicsException(config.maxTopics()));
        } else {
            host(audience);
        }
    }

    private void host(Audience audience) {
        TopicLog log = new TopicLog(config.log(), clock, logs);
        Namespace namespace = namespaces.of(audience.topic());
        HostedTopic hosted = new HostedTopic(++lastId, audience.topic(), namespace, log, pages, received);
        topics.put(hosted.topic(), hosted);
        count = topics.size();
        hosted.join(audience);
        backplane
                .subscribe(hosted.topic(), hosted)
                .whenComplete((position, failure) -> loop.execute(() -> onSubscribed(hosted, position, failure)));
    }

    private void onSubscribed(HostedTopic hosted, @Nullable Position position, @Nullable Throwable failure) {
        if (position != null) {
            hosted.goLive(position);
        } else {
            topics.remove(hosted.topic());
            count = topics.size();
            hosted.log().end();
            hosted.refuse(asRuntime(failure));
        }
    }

    private void onLeave(Audience audience) {
        HostedTopic hosted = topics.get(audience.topic());
        if (hosted == null) return;
        hosted.leave(audience);
        if (hosted.hasAudience()) return;
        // Wait a second before unsubscribing: a page reload leaves and rejoins.
        if (hosted.linger == null) hosted.linger = Timer.of(() -> onLingered(hosted));
        loop.schedule(hosted.linger, config.linger().toNanos());
    }

    private void onLingered(HostedTopic hosted) {
        if (hosted.hasAudience()) return;
        topics.remove(hosted.topic());
        count = topics.size();
        backplane.unsubscribe(hosted.topic());
        hosted.log().end();
    }

    private void sweep() {
        for (HostedTopic hosted : topics.values()) hosted.log().dropAged();
        loop.schedule(sweep, config.log().maxAge().dividedBy(6).toNanos());
    }

    static RuntimeException asRuntime(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : BackplaneException.unwrap(failure);
        return cause instanceof RuntimeException known
                ? known
                : new BackplaneException(BackplaneException.Kind.FAILED, String.valueOf(cause));
    }
}
