package io.fanwire.node.topic;

import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.lane.Timer;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A topic with subscribers on this node: its log, and the audiences to signal. The backplane appends, one call at a
 * time; the registry's loop owns the life cycle and the list of audiences.
 */
final class HostedTopic implements TopicListener {
    private static final Audience[] NOBODY = {};

    private final int id;
    private final Topic topic;
    private final Namespace namespace;
    private final TopicLog log;
    private final PageShelf pages;
    private final LongAdder received;
    private volatile Audience[] audiences = NOBODY;
    private boolean live;

    @Nullable
    Timer linger;

    HostedTopic(int id, Topic topic, Namespace namespace, TopicLog log, PageShelf pages, LongAdder received) {
        this.id = id;
        this.topic = topic;
        this.namespace = namespace;
        this.log = log;
        this.pages = pages;
        this.received = received;
    }

    int id() {
        return id;
    }

    Topic topic() {
        return topic;
    }

    Namespace namespace() {
        return namespace;
    }

    TopicLog log() {
        return log;
    }

    /**
     * A page of the history from an offset on. Any thread; the stage completes on any thread.
     *
     * @param reach an offset that the topic must have had by then, as the log's head
     */
    CompletionStage<Page> page(long from, long reach) {
        Position head = log.head().position();
        return pages.page(topic, id, new Position(head.epoch(), Math.max(head.offset(), reach)), from);
    }

    /** Where the topic stands now. Any thread; the stage completes on any thread. */
    CompletionStage<Page> look() {
        return pages.look(topic, id);
    }

    /** Where a point of the history is: a page without publications. Any thread; the stage completes on any thread. */
    CompletionStage<Page> find(HistoryQuery.Start start) {
        return pages.find(topic, id, start);
    }

    @Override
    public void onPublication(Position position, byte[] body) {
        received.increment();
        log.appendPublication(EncodedEvent.publication(id, position.offset(), body), position);
        signal();
    }

    @Override
    public void onGap(long epoch, long from, long to, Gap.Reason reason) {
        log.appendGap(id, epoch, from, to, reason);
        signal();
    }

    /** Registry only. Lets an audience in; it hears at once if the topic is live, else when it is. */
    void join(Audience audience) {
        Audience[] more = Arrays.copyOf(audiences, audiences.length + 1);
        more[more.length - 1] = audience;
        audiences = more;
        if (live) audience.live(this);
    }

    /** Registry only. */
    void leave(Audience audience) {
        audiences = Arrays.stream(audiences).filter(each -> each != audience).toArray(Audience[]::new);
    }

    /** Registry only. */
    boolean hasAudience() {
        return audiences.length > 0;
    }

    /** Registry only. From here on every publication arrives. */
    void goLive(Position position) {
        live = true;
        log.startAt(position);
        for (Audience audience : audiences) audience.live(this);
    }

    /** Registry only. */
    void refuse(RuntimeException why) {
        for (Audience audience : audiences) audience.refused(why);
        audiences = NOBODY;
    }

    private void signal() {
        for (Audience audience : audiences) audience.signal();
    }
}
